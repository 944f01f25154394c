// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * What a client has to do to come in.
 *
 * @param trust nothing: anybody comes in, under any name; else he proves to know a password
 * @param tls what to encrypt with, if somebody asks
 * @param tlsRequired whether everybody must ask
 */
public record Admission(boolean trust, Optional<SSLContext> tls, boolean tlsRequired) {
  /** Of this process, or of this machine alone. */
  public static final Admission TRUST = new Admission(true, Optional.empty(), false);

  /** Passwords, and no encryption. */
  public static final Admission SCRAM = new Admission(false, Optional.empty(), false);

  public Admission {
    if (tlsRequired && tls.isEmpty()) {
      throw new IllegalArgumentException("encryption is required and there is none");
    }
  }
}
