// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.node.config.Config;
import io.distdb.node.pgwire.message.Channel;
import io.distdb.node.pgwire.message.MessageInput;
import io.distdb.node.wiring.Node;
import io.distdb.node.wiring.Surroundings;
import io.distdb.sql.session.ServerSession;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A few bytes of questions have many bytes of answers: they are sent as they come. */
class ReplyMemoryTest {
  private static final int COLUMNS = 500;

  /** Has all that the client says at once, and remembers the most that was written at a time. */
  private static final class Greedy implements Channel {
    private final byte[] said;
    private int at;
    private int mostWritten;

    Greedy(byte[] said) {
      this.said = said;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int count = Math.min(length, said.length - at);
      System.arraycopy(said, at, target, offset, count);
      at += count;
      return count == 0 ? -1 : count;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      mostWritten = Math.max(mostWritten, length);
    }

    @Override
    public void timeout(int millis) {
      // It never waits.
    }

    @Override
    public void close() {
      // It has nothing to close.
    }
  }

  @Test
  void describingAStatementAgainAndAgainKeepsNoAnswers() throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    String columns =
        IntStream.range(0, COLUMNS)
            .mapToObj(i -> i + " AS a_long_name_of_column_" + i)
            .collect(Collectors.joining(", "));
    message(said, 'P', "s\0SELECT " + columns + "\0\0\0");
    for (int i = 0; i < 300; i++) {
      message(said, 'D', "Ss\0");
    }
    message(said, 'S', "");
    assertThat(mostWritten(said.toByteArray())).isBetween(30_000, 150_000);
  }

  @Test
  void manyStatementsOfOneTextKeepNoAnswers() throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    message(said, 'Q', "RESET work_mem;".repeat(20_000) + "\0");
    assertThat(mostWritten(said.toByteArray())).isBetween(30_000, 150_000);
  }

  private static int mostWritten(byte[] said) throws IOException {
    Config config = Config.inMemory();
    Greedy channel = new Greedy(said);
    try (Node node = Node.start(config, Surroundings.system(config));
        ServerSession session = node.databases().trusted("postgres", "postgres")) {
      Replies replies = new Replies(channel);
      Conversation conversation =
          new Conversation(session, new MessageInput(channel, 1 << 20), replies);
      while (conversation.handle()) {
        assertThat(channel.mostWritten).isLessThan(1 << 20);
      }
      replies.flush();
    }
    return channel.mostWritten;
  }

  private static void message(ByteArrayOutputStream said, char type, String body)
      throws IOException {
    DataOutputStream out = new DataOutputStream(said);
    out.writeByte(type);
    byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
    out.writeInt(bytes.length + 4);
    out.write(bytes);
  }
}
