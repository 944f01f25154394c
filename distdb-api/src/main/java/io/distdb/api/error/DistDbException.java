// SPDX-License-Identifier: MIT
package io.distdb.api.error;

import java.util.Objects;
import java.util.Optional;

/**
 * Ends a statement. The message names the object, the value and the limit; the hint says what to
 * do. Messages start in lower case and have no full stop, as PostgreSQL's do.
 */
public final class DistDbException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String detail;
  private final String hint;
  private final int position;
  private final String context;

  /** Null: nothing in particular. */
  private final transient ErrorObject object;

  public DistDbException(ErrorCode code, String message) {
    this(code, message, null, null, 0, null, null, null);
  }

  public DistDbException(ErrorCode code, String message, Throwable cause) {
    this(code, message, null, null, 0, null, null, cause);
  }

  private DistDbException(
      ErrorCode code,
      String message,
      String detail,
      String hint,
      int position,
      String context,
      ErrorObject object,
      Throwable cause) {
    super(Objects.requireNonNull(message, "message"), cause);
    this.code = Objects.requireNonNull(code, "code");
    this.detail = detail;
    this.hint = hint;
    this.position = position;
    this.context = context;
    this.object = object;
  }

  public DistDbException withDetail(String newDetail) {
    return copy(newDetail, hint, position, context, object);
  }

  public DistDbException withHint(String newHint) {
    return copy(detail, newHint, position, context, object);
  }

  /** Where in the statement's text, in characters from 1; 0 means nowhere in particular. */
  public DistDbException at(int newPosition) {
    return copy(detail, hint, newPosition, context, object);
  }

  /** Where outside of the statement's text: {@code COPY t, line 3, column c: "x"}. */
  public DistDbException withContext(String newContext) {
    return copy(detail, hint, position, newContext, object);
  }

  /** What it is about: a table, a column, a constraint. */
  public DistDbException about(ErrorObject newObject) {
    return copy(detail, hint, position, context, newObject);
  }

  private DistDbException copy(
      String newDetail, String newHint, int newPosition, String newContext, ErrorObject newObject) {
    DistDbException copy =
        new DistDbException(
            code, getMessage(), newDetail, newHint, newPosition, newContext, newObject, getCause());
    copy.setStackTrace(getStackTrace());
    return copy;
  }

  public ErrorCode code() {
    return code;
  }

  public String sqlState() {
    return code.sqlState();
  }

  public Optional<String> detail() {
    return Optional.ofNullable(detail);
  }

  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }

  public Optional<String> context() {
    return Optional.ofNullable(context);
  }

  public Optional<ErrorObject> object() {
    return Optional.ofNullable(object);
  }

  /** 1-based character position in the statement's text, or 0. */
  public int position() {
    return position;
  }

  @Override
  public String toString() {
    return "DistDbException [" + sqlState() + "] " + getMessage();
  }
}
