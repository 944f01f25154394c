// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire.protocol;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.session.ServerPrepared;
import io.distdb.sql.session.ServerSession;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Prepared statements as clients name them. Those with a name are the session's, where PREPARE,
 * EXECUTE and DEALLOCATE find them too; what is kept of them here is how they are sent, as long as
 * the session has them. The one without a name is the protocol's alone. Used by the connection's
 * thread.
 */
final class WireStatements {
  private static final int PRUNE_AT_LEAST = 64;

  private final ServerSession session;
  private final Map<String, WireStatement> named = new HashMap<>();

  /** So many of {@link #named}, and it is time to look for those that DEALLOCATE has closed. */
  private int pruneAt = PRUNE_AT_LEAST;

  private WireStatement unnamed;

  WireStatements(ServerSession session) {
    this.session = session;
  }

  /**
   * @param name empty for the one that the next of that name replaces
   */
  void parse(String name, String text, List<SqlType> declared) {
    if (name.isEmpty()) {
      forgetUnnamed();
      unnamed = new WireStatement(session.prepare(text, declared));
    } else {
      keep(name, new WireStatement(session.statements().prepare(name, text, declared)));
    }
  }

  /**
   * @throws DistDbException {@code INVALID_STATEMENT_NAME}: there is none of that name
   */
  WireStatement require(String name) {
    WireStatement statement = name.isEmpty() ? unnamed : named.get(name);
    if (statement != null && !statement.prepared().isClosed()) {
      return statement;
    }
    if (name.isEmpty()) {
      throw missing("unnamed prepared statement does not exist");
    }
    ServerPrepared prepared =
        session
            .statements()
            .find(name)
            .orElseThrow(() -> missing("prepared statement \"" + name + "\" does not exist"));
    WireStatement found = new WireStatement(prepared);
    keep(name, found);
    return found;
  }

  private void keep(String name, WireStatement statement) {
    if (named.size() >= pruneAt) {
      named.values().removeIf(known -> known.prepared().isClosed());
      pruneAt = Math.max(PRUNE_AT_LEAST, 2 * named.size());
    }
    named.put(name, statement);
  }

  private static DistDbException missing(String message) {
    return new DistDbException(ErrorCode.INVALID_STATEMENT_NAME, message);
  }

  /** Forgets the one of that name, if there is one. */
  void forget(String name) {
    if (name.isEmpty()) {
      forgetUnnamed();
    } else {
      named.remove(name);
      session.statements().forget(name);
    }
  }

  void forgetUnnamed() {
    if (unnamed != null) {
      unnamed.prepared().close();
      unnamed = null;
    }
  }
}
