// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

import io.distdb.api.error.DistDbException;
import io.distdb.node.pgwire.message.Channel;
import io.distdb.node.pgwire.message.MessageInput;
import io.distdb.node.pgwire.protocol.Replies;
import io.distdb.sql.session.ReportedSetting;
import io.distdb.sql.session.ServerSession;
import java.io.IOException;

/** What comes before the first query: encryption, cancelling, who wants in, and where. */
final class Startup {
  private static final byte[] NO = {'N'};

  private final Reception reception;
  private final MessageInput in;
  private final Replies replies;
  private final Channel channel;
  private final int secret;

  Startup(Reception reception, MessageInput in, Replies replies, Channel channel, int secret) {
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
    boolean begun = false;
    try {
      session.start(start.settings());
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
