// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.sql.access.Authority;
import java.util.Optional;

/**
 * Cancels and ends sessions, on whichever node they are: the number of a session says which one. A
 * node checks the rights of who wants it by the definitions that it knows.
 */
public final class Signals {
  private static final String SIGNAL = "sql.signal";
  private static final String CANCEL_KEY = "sql.cancel";

  /** Whoever has the connections, and with them the secrets of their clients. */
  public interface KeyHolder {
    /** Cancels what the connection of session {@code processId} runs, if that is its secret. */
    void cancel(int processId, int secret);
  }

  private final SessionRegistry sessions;
  private final Neighbours neighbours;
  private volatile KeyHolder keys = (processId, secret) -> {};

  Signals(SessionRegistry sessions, Neighbours neighbours) {
    this.sessions = sessions;
    this.neighbours = neighbours;
    neighbours.serve(SIGNAL, this::answer);
    neighbours.serve(CANCEL_KEY, this::cancelByKey);
  }

  /**
   * @return false: there is no session of that number
   * @throws io.distdb.api.error.DistDbException {@code INSUFFICIENT_PRIVILEGE}; {@code
   *     CANNOT_CONNECT_NOW}: its node does not answer
   */
  boolean send(Signal signal, int processId, SessionIdentity asker) {
    Optional<NodeId> elsewhere = neighbours.home(processId);
    if (elsewhere.isEmpty()) {
      Optional<LocalSession> found = sessions.find(processId);
      found.ifPresent(session -> {
        asker.requireSignal(session.identity(), signal);
        signal.send(session);
      });
      return found.isPresent();
    }
    Bytes request =
        new MessageFields()
            .number(signal.ordinal())
            .number(processId)
            .number(asker.runner().current())
            .number(asker.isSuperuser() ? 1 : 0)
            .toBytes();
    return !neighbours.ask(elsewhere.get(), SIGNAL, request).isEmpty();
  }

  private record Request(Signal signal, int processId, long role, boolean superuser) {
    static Request of(Bytes message) {
      return MessageFields.read(
          "a signal",
          message,
          fields -> {
            int kind = fields.small();
            if (kind < 0 || kind >= Signal.values().length) {
              throw new IllegalArgumentException("no signal " + kind);
            }
            return new Request(
                Signal.values()[kind], fields.small(), fields.number(), fields.number() != 0);
          });
    }
  }

  private Bytes answer(NodeId from, Bytes message) {
    Request request = Request.of(message);
    Optional<LocalSession> found = sessions.find(request.processId());
    if (found.isEmpty()) {
      return Bytes.EMPTY;
    }
    LocalSession session = found.get();
    Authority authority = session.database().definitions().authority();
    SessionIdentity.requireSignal(
        authority, request.role(), request.superuser(), session.identity(), request.signal());
    request.signal().send(session);
    return Bytes.of(1);
  }

  // --- by the secret that a client was given ---

  /** Sets who is asked when a client of another node cancels by its secret. */
  public void keptBy(KeyHolder holder) {
    keys = holder;
  }

  /** A client of another node wants its statement cancelled; whoever has no such session is mum. */
  public void cancelElsewhere(int processId, int secret) {
    neighbours
        .home(processId)
        .ifPresent(node ->
            neighbours
                .cluster()
                .calls()
                .tell(
                    node,
                    CANCEL_KEY,
                    new MessageFields().number(processId).number(secret).toBytes()));
  }

  private Bytes cancelByKey(NodeId from, Bytes message) {
    return MessageFields.read(
        "a request to cancel",
        message,
        fields -> {
          keys.cancel(fields.small(), fields.small());
          return Bytes.EMPTY;
        });
  }
}
