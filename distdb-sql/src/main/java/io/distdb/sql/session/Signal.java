// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

/** What pg_cancel_backend and pg_terminate_backend do to a session. */
enum Signal {
  CANCEL("cancel superuser query", "query is being canceled"),
  TERMINATE("terminate superuser process", "process is being terminated");

  private final String superusers;
  private final String others;

  Signal(String superusers, String others) {
    this.superusers = superusers;
    this.others = others;
  }

  /** For the error: what only a superuser may do to a superuser's session. */
  String superusers() {
    return superusers;
  }

  /** For the error: what is done to somebody else's session. */
  String others() {
    return others;
  }

  void send(LocalSession session) {
    switch (this) {
      case CANCEL -> session.cancel();
      case TERMINATE -> session.terminate(Termination.BY_COMMAND);
    }
  }
}
