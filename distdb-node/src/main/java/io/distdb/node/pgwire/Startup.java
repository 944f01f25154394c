// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.node.pgwire.auth.Authentication;
import io.distdb.node.pgwire.message.Channel;
import io.distdb.node.pgwire.message.MessageInput;
import io.distdb.node.pgwire.message.ProtocolException;
import io.distdb.node.pgwire.protocol.Replies;
import io.distdb.sql.access.Role;
import io.distdb.sql.session.Entrance;
import io.distdb.sql.session.ReportedSetting;
import io.distdb.sql.session.ServerSession;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** What comes before the first query: encryption, cancelling, who wants in, and where. */
final class Startup {
  private static final byte[] NO = {'N'};
  private static final byte[] YES = {'S'};

  private final Reception reception;
  private final MessageInput in;
  private final Replies replies;
  private final Channel channel;
  private final String peer;
  private final int secret;

  /**
   * @param peer where the client is, for the log
   */
  Startup(
      Reception reception,
      MessageInput in,
      Replies replies,
      Channel channel,
      String peer,
      int secret) {
    this.peer = peer;
    this.reception = reception;
    this.in = in;
    this.replies = replies;
    this.channel = channel;
    this.secret = secret;
  }

  /**
   * @return the session of somebody who was let in; null: nothing more is wanted
   * @throws DistDbException they were not
   */
  ServerSession run() throws IOException {
    while (in.nextPacket(StartupPacket.BYTES_MAX)) {
      switch (StartupPacket.read(in)) {
        case StartupPacket.WantsTls tls -> encrypt();
        case StartupPacket.WantsGssapi gssapi -> channel.write(NO, 0, 1);
        case StartupPacket.Cancel cancel -> {
          cancel(cancel);
          return null;
        }
        case StartupPacket.Start start -> {
          return start(start);
        }
      }
    }
    return null;
  }

  private void cancel(StartupPacket.Cancel cancel) {
    reception
        .connections()
        .find(cancel.process())
        .ifPresentOrElse(
            connection -> connection.cancel(cancel.secret()),
            () ->
                reception.databases().signals().cancelElsewhere(cancel.process(), cancel.secret()));
  }

  /** What arrives before the encryption must not count as if it had come by it (CVE-2021-23222). */
  private void encrypt() throws IOException {
    Optional<SSLContext> tls = reception.admission().tls();
    if (channel.endPoint().isPresent()) {
      throw new ProtocolException("the connection is encrypted already");
    }
    if (tls.isEmpty()) {
      channel.write(NO, 0, 1);
      return;
    }
    if (in.hasBytes()) {
      throw new ProtocolException(
          new DistDbException(
                  ErrorCode.PROTOCOL_VIOLATION, "received unencrypted data after SSL request")
              .withDetail(
                  "This could be either a client-software bug or evidence of an attempted"
                      + " man-in-the-middle attack."));
    }
    channel.write(YES, 0, 1);
    channel.encrypt(tls.get());
  }

  private ServerSession open(StartupPacket.Start start) throws IOException {
    Admission admission = reception.admission();
    if (admission.tlsRequired() && channel.endPoint().isEmpty()) {
      throw new DistDbException(ErrorCode.INVALID_AUTHORIZATION, "connections must be encrypted")
          .withHint("Connect with sslmode=require; tls_mode says what the server wants.");
    }
    if (start.user().isEmpty()) {
      throw new DistDbException(
          ErrorCode.INVALID_AUTHORIZATION, "no PostgreSQL user name specified in startup packet");
    }
    start.checkReplication();
    Entrance entrance = reception.databases().entrance(start.settings());
    if (admission.trust()) {
      return entrance.trusted(start.database(), start.user());
    }
    Optional<Role> role = entrance.role(start.user());
    Authentication authentication = new Authentication(in, replies, channel.endPoint());
    if (!authentication.run(start.user(), role, reception.decoys(), reception.nowMicros())) {
      reception.failed(peer, start.user());
      throw new DistDbException(
          ErrorCode.INVALID_PASSWORD,
          "password authentication failed for user \"" + start.user() + "\"");
    }
    return entrance.session(start.database(), role.orElseThrow());
  }

  private ServerSession start(StartupPacket.Start start) throws IOException {
    reception.admit();
    List<String> unknown = start.unknownOptions();
    if (start.minor() > 0 || !unknown.isEmpty()) {
      replies.negotiateVersion(unknown);
    }
    ServerSession session = open(start);
    boolean begun = false;
    try {
      session.start(start.settings());
      session.connectedFrom(channel.peer());
      begun = true;
    } finally {
      if (!begun) {
        session.close();
      }
    }
    replies.authenticationOk();
    for (ReportedSetting setting : session.takeReported()) {
      replies.parameterStatus(setting.name(), setting.value());
    }
    replies.backendKey(session.processId(), secret);
    return session;
  }
}
