"""Receivers on this machine that misbehave as a test says: web, mail and calendar, with certificates of their own.

Each is started with `with`, and stops at its end. What came in is in `.got`, in the order of its coming.
"""

import asyncio
import email
import http.client
import http.server
import logging
import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.parse

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

logging.getLogger("mail.log").setLevel(logging.CRITICAL)  # handshakes that the sender breaks off


# ---- certificates ------------------------------------------------------------------------------

KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]


class Authority:
    """Makes certificates in a folder: one authority of our own, and one that nobody knows."""

    def __init__(self, folder):
        self.folder = folder
        self.file = self._self_signed("authority")

    def _openssl(self, *words):
        subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True)

    def _path(self, name):
        return os.path.join(self.folder, name)

    def _self_signed(self, name):
        self._openssl("req", "-x509", *KEY, "-nodes", "-keyout", name + ".key", "-out", name + ".pem",
                      "-days", "30", "-subj", "/CN=Vigie test " + name, "-addext",
                      "subjectAltName=DNS:localhost,IP:127.0.0.1")
        return self._path(name + ".pem")

    def _context(self, name):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._path(name + ".pem"), self._path(name + ".key"))
        return context

    def certificate(self, name, for_name="DNS:localhost,IP:127.0.0.1", days=30):
        """Files name.pem and name.key, and what a server takes."""
        with open(self._path(name + ".ext"), "w", encoding="utf-8") as ext:
            ext.write(f"subjectAltName={for_name}\n")
        self._openssl("req", *KEY, "-nodes", "-keyout", name + ".key", "-out", name + ".csr", "-subj",
                      "/CN=" + name)
        self._openssl("x509", "-req", "-in", name + ".csr", "-CA", "authority.pem", "-CAkey", "authority.key",
                      "-CAcreateserial", "-days", str(days), "-extfile", name + ".ext", "-out", name + ".pem")
        return self._context(name)

    def stranger(self):
        """One that signed itself."""
        self._self_signed("stranger")
        return self._context("stranger")


# ---- the web -----------------------------------------------------------------------------------

class Request:
    def __init__(self, handler, body):
        self.method, self.path, self.body = handler.command, handler.path, body
        self.headers = dict(handler.headers.items())
        self.key = self.headers.get("Idempotency-Key", "")
        self.at = time.monotonic()
        self.acknowledged = None  # when the whole answer was handed to the line


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer waits 40 ms for the sender to say that half of it came

    def do_POST(self):
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length)
        if len(body) < length:  # the sender was killed in the middle
            self.close_connection = True
            return
        request = Request(self, body)
        self.server.take(request, self)

    do_PUT = do_POST

    def answer(self, status, body=b"ok", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def raw(self, data):
        self.wfile.write(data)
        self.close_connection = True

    def log_message(self, *args):
        pass


def ok(handler, request):
    handler.answer(200)
    request.acknowledged = time.monotonic()


def status(code, body=b"", **headers):
    return lambda handler, request: handler.answer(code, body, **headers)


def half(handler, request):
    """The beginning of a yes."""
    handler.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\nhalf of it")


def hang(handler, request):
    """Takes the message and says nothing, until the sender gives up."""
    try:
        handler.connection.settimeout(60)
        handler.connection.recv(1)
    except OSError:
        pass
    handler.close_connection = True


def hang_up(handler, request):
    handler.close_connection = True


def endless(handler, request):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
    request.acknowledged = time.monotonic()
    try:
        while True:
            handler.wfile.write(b"and on and on " * 500)
    except OSError:
        handler.close_connection = True


def echo(handler, request):
    """Refuses, and repeats the address and all headers, as pages for developers do."""
    handler.answer(400, (request.path + " " + str(request.headers)).encode())


class Web(http.server.ThreadingHTTPServer):
    """behave(request) gives one of the functions above."""

    daemon_threads = True

    def __init__(self, behave=lambda request: ok, tls=None):
        super().__init__(("127.0.0.1", 0), Handler)
        self.behave, self.got, self.lock = behave, [], threading.Lock()
        self.port = self.server_address[1]
        self.scheme = "https" if tls else "http"
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    def url(self, path, host="127.0.0.1"):
        return f"{self.scheme}://{host}:{self.port}{path}"

    def take(self, request, handler):
        with self.lock:
            self.got.append(request)
            behave = self.behave(request)
        try:
            behave(handler, request)
        except OSError:  # the sender is gone
            handler.close_connection = True

    def handle_error(self, request, client_address):
        pass  # handshakes that the sender breaks off

    def __enter__(self):
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *args):
        self.shutdown()
        self.server_close()


# ---- mail --------------------------------------------------------------------------------------

class Sending:
    """A mail that was tried: from the EHLO of which program, whether the answer was a yes."""

    def __init__(self, session, envelope, acknowledged):
        self.program, self.bytes, self.acknowledged = session.host_name, envelope.original_content, acknowledged
        self.message = email.message_from_bytes(self.bytes)
        self.key = self.message["Message-ID"]


class Mail:
    """refuse(verb, address) gives a reply such as "450 later", HANG, HANG_UP, or None. Where a user is given, nobody else
    is let in. In `.got` is what was taken, in `.tried` besides what was refused when it was whole."""

    HANG, HANG_UP = "hang", "hang up"

    def __init__(self, refuse=lambda verb, address: None, tls=None, starttls=None, user=None, password=None):
        self.refuse, self.got, self.tried = refuse, [], []
        self.user, self.password = user, password
        options = {"enable_SMTPUTF8": True, "timeout": 60}
        if starttls:
            options.update(tls_context=starttls, require_starttls=True)
        if user:
            options.update(authenticator=self._sign_in, auth_required=True, auth_require_tls=bool(tls or starttls))
        outer = self

        class Server(SMTP):
            async def smtp_RCPT(self, arg):
                no = outer.refuse("RCPT", arg)
                await (self.push(no) if no else super().smtp_RCPT(arg))

        class Listener(Controller):
            def factory(self):
                # Behind a port with TLS the server must be told that it is encrypted already.
                server = Server(self.handler, **self.SMTP_kwargs)
                if tls:
                    server._tls_protocol = True
                return server

        self.listener = Listener(self, hostname="127.0.0.1", port=free_port(), ssl_context=tls, **options)
        self.scheme = "smtps" if tls else "smtp"

    def _sign_in(self, server, session, envelope, mechanism, data):
        good = data.login.decode() == self.user and data.password.decode() == self.password
        return AuthResult(success=good, handled=False)

    def url(self, host="127.0.0.1"):
        who = f"{self.user}:{self.password}@" if self.user else ""
        return f"{self.scheme}://{who}{host}:{self.listener.port}"

    async def handle_DATA(self, server, session, envelope):
        no = self.refuse("DATA", envelope.rcpt_tos[0])
        sending = Sending(session, envelope, not no)
        self.tried.append(sending)
        if no == self.HANG:
            await asyncio.sleep(5)
        if no in (self.HANG, self.HANG_UP):
            server.transport.abort()
            return "421 gone"
        if no:
            return no
        self.got.append((envelope.mail_from, envelope.rcpt_tos, sending.message))
        return "250 taken"

    def __enter__(self):
        self.listener.start()
        return self

    def __exit__(self, *args):
        self.listener.stop()


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


# ---- a calendar --------------------------------------------------------------------------------

class Calendar:
    """Radicale, behind TLS and a password, with one calendar."""

    def __init__(self, folder, authority, user="vigie", password="correct horse"):
        authority.certificate("calendar")
        self.authority = authority
        self.folder, self.user, self.password, self.port = folder, user, password, free_port()
        os.makedirs(os.path.join(folder, "collections"))
        with open(os.path.join(folder, "users"), "w", encoding="utf-8") as users:
            users.write(f"{user}:{password}\n")
        with open(os.path.join(folder, "config"), "w", encoding="utf-8") as config:
            config.write(
                f"[server]\nhosts = 127.0.0.1:{self.port}\nssl = True\n"
                f"certificate = {authority.folder}/calendar.pem\nkey = {authority.folder}/calendar.key\n"
                f"[auth]\ntype = htpasswd\nhtpasswd_filename = {folder}/users\nhtpasswd_encryption = plain\ndelay = 0\n"
                f"[storage]\nfilesystem_folder = {folder}/collections\n[logging]\nlevel = error\n")

    def url(self):
        password = urllib.parse.quote(self.password, safe="")
        return f"https://{self.user}:{password}@localhost:{self.port}/{self.user}/items"

    def put(self, path, body, headers):
        """As a proxy would: what came in goes to the server. Its status."""
        context = ssl.create_default_context(cafile=self.authority.file)
        line = http.client.HTTPSConnection("localhost", self.port, context=context)
        line.request("PUT", path, body, {name: headers[name] for name in ("Authorization", "Content-Type")})
        status = line.getresponse().status
        line.close()
        return status

    def files(self):
        """What is in the calendar: name and text of each."""
        found = {}
        for folder, _, names in os.walk(os.path.join(self.folder, "collections")):
            for name in names:
                if name.endswith(".ics") and ".Radicale" not in folder:
                    with open(os.path.join(folder, name), encoding="utf-8") as f:
                        found[name] = f.read()
        return found

    def make(self, name):
        """By hand, as a folder of Radicale's: nobody is asked for a password here."""
        items = os.path.join(self.folder, "collections", "collection-root", self.user, name)
        os.makedirs(items)
        with open(os.path.join(items, ".Radicale.props"), "w", encoding="utf-8") as props:
            props.write('{"tag": "VCALENDAR"}')

    def __enter__(self):
        self.make("items")
        self.process = subprocess.Popen([sys.executable, "-m", "radicale", "--config", self.folder + "/config"],
                                        stderr=subprocess.DEVNULL)
        for _ in range(200):
            with socket.socket() as s:
                if s.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.05)
        raise RuntimeError("radicale does not start")

    def __exit__(self, *args):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(os.path.join(self.folder, "collections"))
