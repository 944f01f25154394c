// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.type.SqlType;
import java.util.List;

/**
 * A session as a server that speaks PostgreSQL's protocol needs it, for what the protocol has and
 * SQL has not. Only a database in this JVM has such sessions; a {@link Session} may be far away.
 */
public interface ServerSession extends Session {
  @Override
  default Prepared prepare(String sql) {
    return prepare(sql, List.of());
  }

  /**
   * As {@link #prepare(String)}. In a block that has failed only what ends it can be prepared
   * ({@code IN_FAILED_TRANSACTION}).
   *
   * @param declaredTypes of the first parameters; for those that are null, and for those beyond,
   *     the place where they stand decides
   */
  Prepared prepare(String sql, List<SqlType> declaredTypes);

  /**
   * Opens an implicit block, unless a block is open: the statements of one message that has
   * several. Its statements run as between BEGIN and COMMIT, until {@link #endImplicit}. BEGIN in
   * it makes it an ordinary block; COMMIT and ROLLBACK end it, with a warning, so that this is to
   * be called before each statement. An error leaves it failed. Savepoints need BEGIN; what cannot
   * run in a block is refused with {@code ACTIVE_TRANSACTION}.
   */
  void beginImplicit();

  /**
   * As {@link #beginImplicit}, for what comes before a Sync message: its statements are a
   * transaction too, but for what needs a block (DECLARE, SET LOCAL, LOCK) there is none, and what
   * cannot run in a block (CREATE DATABASE) may come first.
   */
  void beginPipeline();

  /**
   * Commits the implicit block, or rolls it back if it failed. Does nothing when there is none, or
   * when BEGIN made it an ordinary one.
   *
   * @throws io.distdb.api.error.DistDbException as COMMIT; the block is rolled back
   */
  void endImplicit();

  /**
   * Says that something between the statements has failed, such as a client's message: a block that
   * is open is {@link TransactionStatus#FAILED} now.
   */
  void fail();
}
