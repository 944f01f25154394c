// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.CopyStatement;
import io.distdb.sql.execute.CopyClient;
import io.distdb.sql.execute.CopyStreams;
import java.io.InputStream;
import java.io.OutputStream;

/** COPY of STDIN and STDOUT in one session: whom its data comes from and goes to. */
final class SessionCopy {
  private final LocalSession session;
  private CopyStreams streams = CopyStreams.NONE;

  SessionCopy(LocalSession session) {
    this.session = session;
  }

  /** What COPY reads and writes. */
  CopyStreams streams() {
    return streams;
  }

  void with(CopyClient client) {
    streams = CopyStreams.of(client);
  }

  long in(String sql, InputStream data) {
    return copy(sql, CopyStreams.of(data));
  }

  long out(String sql, OutputStream target) {
    return copy(sql, CopyStreams.of(target));
  }

  private long copy(String sql, CopyStreams given) {
    session.checkOpen();
    session.activity().text(sql);
    CachedStatement statement;
    try {
      statement = session.finder().find(sql, false);
      if (!(statement.ast() instanceof CopyStatement copy) || copy.file().isPresent()) {
        throw new DistDbException(
            ErrorCode.WRONG_OBJECT_TYPE, "the statement is not a COPY of STDIN or STDOUT");
      }
    } catch (RuntimeException | Error failure) {
      throw session.failed(failure);
    }
    CopyStreams others = streams;
    streams = given;
    try {
      return ((StatementResult.Command) session.run(statement, Arguments.Given.NONE)).rows();
    } finally {
      streams = others;
    }
  }
}
