// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.sql.session.Notification;
import io.distdb.sql.session.Session;
import java.io.PrintWriter;
import java.util.List;

/** The database that a shell works on: in this process, or of a server over the network. */
sealed interface ShellDatabase extends AutoCloseable permits LocalDatabase, ServerDatabase {
  String name();

  /** Where it is, in words; without a password. */
  String place();

  /** All databases beside it, and itself; of a server, {@code session} is asked. */
  List<String> names(Session session);

  /**
   * Another database of the same place.
   *
   * @throws DistDbException {@code UNDEFINED_DATABASE}, and what a server says to who comes in
   */
  ShellDatabase other(String name);

  /**
   * @throws DistDbException {@code CANNOT_CONNECT}: of a server that does not answer
   */
  Session newSession();

  /** Whether the connection beneath {@code session} is gone, so that only a new one helps. */
  boolean isLost(Session session);

  /** What NOTIFY told {@code session} since the last call, in order. */
  List<Notification> takeNotifications(Session session);

  /** What the backslash commands list, as {@code session} sees it, on {@code out}. */
  Descriptions descriptions(Session session, PrintWriter out);

  /** What names the user may mean. */
  List<Completion.Relation> relations(Session session);

  /** Gives up connections; the database itself stays open for others. */
  @Override
  void close();
}
