// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

import io.distdb.api.error.DistDbException;
import io.distdb.node.pgwire.message.Channel;
import io.distdb.node.pgwire.message.MessageInput;
import io.distdb.node.pgwire.protocol.Replies;
import io.distdb.sql.session.ServerSession;
import java.io.IOException;

/** What comes before the first query: encryption, cancelling, who wants in, and where. */
final class Startup {
  private static final byte[] NO = {'N'};

  private final Reception reception;
  private final MessageInput in;
  private final Replies replies;
  private final Channel channel;
  private final int process;
  private final int secret;

  Startup(
      Reception reception,
      MessageInput in,
      Replies replies,
      Channel channel,
      int process,
      int secret) {
    this.reception = reception;
    this.in = in;
    this.replies = replies;
    this.channel = channel;
    this.process = process;
    this.secret = secret;
  }

  /**
   * @return the session of somebody who was let in; null: nothing more is wanted
   * @throws DistDbException they were not
   */
  ServerSession run() throws IOException {
    while (in.nextPacket(StartupPacket.BYTES_MAX)) {
      switch (StartupPacket.read(in)) {
        case StartupPacket.WantsTls tls -> channel.write(NO, 0, 1);
        case StartupPacket.WantsGssapi gssapi -> channel.write(NO, 0, 1);
        case StartupPacket.Cancel cancel -> {
          reception
              .connections()
              .find(cancel.process())
              .ifPresent(connection -> connection.cancel(cancel.secret()));
          return null;
        }
        case StartupPacket.Start start -> {
          return start(start);
        }
      }
    }
    return null;
  }

  private ServerSession start(StartupPacket.Start start) {
    reception.admit();
    ServerSession session = reception.databases().database(start.database()).newSession();
    replies.authenticationOk();
    replies.parameterStatus("server_version", "15.0 (DistDB)");
    replies.parameterStatus("server_encoding", "UTF8");
    replies.parameterStatus("client_encoding", "UTF8");
    replies.parameterStatus("DateStyle", "ISO, MDY");
    replies.parameterStatus("integer_datetimes", "on");
    replies.parameterStatus("standard_conforming_strings", "on");
    replies.parameterStatus("TimeZone", "UTC");
    replies.backendKey(process, secret);
    return session;
  }
}
