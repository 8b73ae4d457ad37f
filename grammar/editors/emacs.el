;;; vigie.el --- rule files of Vigie in Emacs 29 or later -*- lexical-binding: t -*-
;; Load this file from your init file. `vigie' has to be on the path.
(define-derived-mode vigie-mode prog-mode "Vigie"
  "Rule files of Vigie."
  (setq-local comment-start "# ")
  (setq-local comment-end "")
  (setq-local indent-tabs-mode nil)
  (modify-syntax-entry ?# "<" vigie-mode-syntax-table)
  (modify-syntax-entry ?\n ">" vigie-mode-syntax-table)
  (modify-syntax-entry ?_ "w" vigie-mode-syntax-table))
(add-to-list 'auto-mode-alist '("\\.vigie\\'" . vigie-mode))
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs '(vigie-mode . ("vigie" "lsp"))))
(add-hook 'vigie-mode-hook #'eglot-ensure)
(provide 'vigie)
