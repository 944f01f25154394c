// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire.auth;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.node.pgwire.message.MessageInput;
import io.distdb.node.pgwire.protocol.Replies;
import io.distdb.sql.access.Role;
import io.distdb.sql.access.ScramVerifier;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Makes a client prove that it knows a role's password, by PostgreSQL's SASL messages. A role that
 * is not there, has no password, or whose password has expired, goes through the same exchange,
 * with a salt of its own that stays the same, and fails at its end.
 */
public final class Authentication {
  /** Longest message of an exchange, as PostgreSQL's. */
  private static final int MESSAGE_BYTES_MAX = 65_535;

  private static final int NONCE_BYTES = 18;
  private static final int PASSWORD_MESSAGE = 'p';
  private static final SecureRandom RANDOM = new SecureRandom();

  private final MessageInput in;
  private final Replies replies;
  private final Optional<byte[]> endPoint;

  /**
   * @param endPoint what the certificate of the connection hashes to, for channel binding
   */
  public Authentication(MessageInput in, Replies replies, Optional<byte[]> endPoint) {
    this.in = in;
    this.replies = replies;
    this.endPoint = endPoint;
  }

  /**
   * Runs an exchange.
   *
   * @param user as the client calls himself
   * @param role of that name
   * @param decoys makes up verifiers
   * @param nowMicros since 1970-01-01 UTC
   * @return whether the client knows the password, and it is valid; false also when it left
   * @throws DistDbException {@code PROTOCOL_VIOLATION}: it speaks otherwise
   */
  public boolean run(String user, Optional<Role> role, Decoys decoys, long nowMicros)
      throws IOException {
    Optional<ScramVerifier> verifier =
        role.filter(known -> known.validUntilMicros().orElse(Long.MAX_VALUE) > nowMicros)
            .flatMap(Role::verifier)
            .flatMap(ScramVerifier::parse);
    offer();
    if (in.next(MESSAGE_BYTES_MAX) != PASSWORD_MESSAGE) {
      throw expected();
    }
    String mechanism = in.getString();
    boolean bound = mechanism.equals(ScramExchange.BOUND) && endPoint.isPresent();
    if (!bound && !mechanism.equals(ScramExchange.PLAIN)) {
      throw new DistDbException(
          ErrorCode.PROTOCOL_VIOLATION, "client selected an invalid SASL authentication mechanism");
    }
    ScramExchange exchange =
        new ScramExchange(verifier.orElseGet(() -> decoys.of(user)), bound, endPoint, nonce());
    int length = in.getInt();
    if (length < 0) {
      throw ScramMessage.malformed("The first message is empty.");
    }
    replies.sasl(11, exchange.first(rest(length)));
    replies.flush();
    if (in.next(MESSAGE_BYTES_MAX) != PASSWORD_MESSAGE) {
      throw expected();
    }
    Optional<byte[]> last = exchange.last(rest(in.remaining()));
    if (last.isEmpty() || verifier.isEmpty()) {
      return false;
    }
    replies.sasl(12, last.get());
    return true;
  }

  private void offer() throws IOException {
    List<String> mechanisms = new ArrayList<>();
    if (endPoint.isPresent()) {
      mechanisms.add(ScramExchange.BOUND);
    }
    mechanisms.add(ScramExchange.PLAIN);
    replies.offerSasl(mechanisms);
    replies.flush();
  }

  private byte[] rest(int length) {
    int from = in.position();
    in.skip(length);
    in.end();
    return java.util.Arrays.copyOfRange(in.array(), from, from + length);
  }

  private static String nonce() {
    byte[] bytes = new byte[NONCE_BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static DistDbException expected() {
    return new DistDbException(ErrorCode.PROTOCOL_VIOLATION, "expected SASL response");
  }
}
