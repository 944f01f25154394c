// SPDX-License-Identifier: MIT
package io.distdb.client.remote;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Errors of the driver and of the server as DistDB's. */
final class RemoteErrors {
  private static final Map<String, ErrorCode> CODES = codes();

  private RemoteErrors() {}

  private static Map<String, ErrorCode> codes() {
    Map<String, ErrorCode> codes = new HashMap<>();
    for (ErrorCode code : ErrorCode.values()) {
      codes.put(code.sqlState(), code);
    }
    return Map.copyOf(codes);
  }

  /** The same code, message, position, detail, hint and context as the server gave. */
  static DistDbException of(SQLException failure) {
    ServerErrorMessage told =
        failure instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
    if (told == null) {
      return ofDriver(failure);
    }
    DistDbException error =
        new DistDbException(code(told.getSQLState()), told.getMessage(), failure)
            .at(Math.max(0, told.getPosition()));
    String detail =
        CODES.containsKey(told.getSQLState())
            ? told.getDetail()
            : (told.getDetail() == null ? "" : told.getDetail() + " ")
                + "The server's SQLSTATE is "
                + told.getSQLState()
                + ".";
    error = detail == null ? error : error.withDetail(detail);
    error = told.getHint() == null ? error : error.withHint(told.getHint());
    return told.getWhere() == null ? error : error.withContext(told.getWhere());
  }

  private static DistDbException ofDriver(SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    return new DistDbException(code(state), firstLine(failure.getMessage()), failure);
  }

  /** Lower case, without the full stop: as the house writes messages. */
  private static String firstLine(String message) {
    String text = message == null || message.isBlank() ? "the driver failed" : message.strip();
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  /** The code of that SQLSTATE, else that of its class. */
  private static ErrorCode code(String state) {
    ErrorCode known = CODES.get(state);
    if (known != null) {
      return known;
    }
    if (state.length() == 5) {
      ErrorCode ofClass = CODES.get(state.substring(0, 2) + "000");
      if (ofClass != null) {
        return ofClass;
      }
    }
    return state.startsWith("08") ? ErrorCode.CONNECTION_FAILURE : ErrorCode.INTERNAL_ERROR;
  }
}
