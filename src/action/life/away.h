/* Owners who are not there: who has their items meanwhile, and what the run says of it. */
#ifndef VIGIE_LIFE_AWAY_H
#define VIGIE_LIFE_AWAY_H

#include "action/life/life.h"

/* Whether a person is there, as the data of the day or the list of the team say. */
enum attendance {
  IS_THERE,  /* or nothing is said of them */
  NOT_KNOWN, /* whether they are */
  IS_AWAY,
  HAS_LEFT, /* for good */
};

/* owner: NULL: nobody, who is there. t: NULL: no team. */
enum attendance life_attendance(const struct life *l, const struct team_facts *t,
                                const char *owner);

/* Of the person whose item or step another has while they are away: who is no more among the people
 * of the team is not back. away NULL: nobody has it instead of them. */
enum attendance life_attendance_at_home(const struct life *l, const struct team_facts *t,
                                        const char *home, const char *away);

/* The first that is there of the stand-in of the owner, the stand-in of that one, and so on; NULL:
 * there is none. Circles end. */
const char *life_stand_in(const struct life *l, const struct team_facts *t, const char *owner);

/* The first that is there of these, each with their stand-ins, then of the leads of the teams
 * above; NULL: nobody is. */
const char *life_next_there(const struct life *l, const struct team_facts *t,
                            const char *const *next, size_t n);

/* A person touched it since it was moved, and whoever has it is there: it stays with them. */
bool life_is_kept(const struct life *l, size_t at, const struct team_facts *t);

/* Its owner is back, and it stays with whoever has worked on it: recorded once. */
void life_keep(struct life *l, size_t at);

/* Moves the item of `home`, who is away or has left, and records that. to NULL: nobody has it. */
void life_cover(struct life *l, size_t at, const char *home, enum attendance why, const char *to);

/* Its owner is there again, or it is another's by the data: it goes to `home`. */
void life_go_home(struct life *l, size_t at, const char *home);

/* Is the address among the people of the team? */
bool life_is_on_roster(const struct team_facts *t, const char *address);

/* Counts an item that others have got from the owner, or the owner from them; opens: it did so
 * today. to NULL: nobody has it. absent.c */
void absence_moved(struct life *l, const char *owner, enum absence_kind kind, const char *to,
                   bool opens);

/* Counts a step of an item, as absence_moved does. */
void absence_moved_step(struct life *l, const char *owner, enum absence_kind kind, const char *to);

/* Where the owner of the item's step k is not there: the stand-in gets it, else `turn`, whose turn
 * it is in the step's team, else who is next above; back it goes when they are there again. turn
 * NULL: the team takes no turns, or nobody of it is there. */
void life_place_step(struct life *l, size_t at, size_t k, const char *turn);

/* Whose it is, whether they are there or not. */
const char *life_home(const struct item *i);

/* The item of a team that takes no turns goes to `home`, or to who has it while they are not there:
 * next in this order. What a person gave stays unless its owner has left. */
void life_place(struct life *l, size_t at, const char *home, const char *const *next, size_t n);

#endif
