// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire.message;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;

/** What a client sent cannot be read, so that nothing after it can: the connection ends. */
public final class ProtocolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final DistDbException error;

  public ProtocolException(String message) {
    this(new DistDbException(ErrorCode.PROTOCOL_VIOLATION, message));
  }

  public ProtocolException(DistDbException error) {
    super(error.getMessage(), error);
    this.error = error;
  }

  /** To tell the client before its connection ends. */
  public DistDbException error() {
    return error;
  }
}
