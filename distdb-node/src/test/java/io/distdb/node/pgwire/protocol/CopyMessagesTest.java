// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.node.config.Config;
import io.distdb.node.pgwire.message.Channel;
import io.distdb.node.pgwire.message.MessageInput;
import io.distdb.node.pgwire.message.MessageWriter;
import io.distdb.node.wiring.Node;
import io.distdb.sql.session.ServerSession;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** COPY message by message: what a client sends, whatever it is, and what it is answered. */
final class CopyMessagesTest {
  private Node node;
  private ServerSession session;
  private final MessageWriter sent = new MessageWriter();

  @BeforeEach
  void start() {
    node = Node.start(Config.inMemory());
    session = node.databases().database("postgres").newSession();
    session.takeReported(); // a client was told of its settings before
    session.execute("CREATE TABLE t (id integer PRIMARY KEY, name text)");
  }

  @AfterEach
  void stop() {
    session.close();
    node.close();
  }

  /** A client that has said everything already, and gets its answers at the end. */
  private static final class Recording implements Channel {
    private final ByteArrayInputStream said;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    Recording(byte[] bytes, int length) {
      said = new ByteArrayInputStream(bytes, 0, length);
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return said.read(target, offset, Math.min(length, 7));
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      heard.write(source, offset, length);
    }

    @Override
    public void timeout(int millis) {}

    @Override
    public void close() {}
  }

  private CopyMessagesTest say(char type, String text, boolean terminated) {
    sent.begin((byte) type);
    sent.putUtf8(text);
    if (terminated) {
      sent.putByte(0);
    }
    sent.end();
    return this;
  }

  private CopyMessagesTest query(String sql) {
    return say('Q', sql, true);
  }

  private CopyMessagesTest data(String text) {
    return say('d', text, false);
  }

  private CopyMessagesTest empty(char type) {
    return say(type, "", false);
  }

  /** The types of all answers, each with what the test wants to see of it. */
  private List<String> answers() throws IOException {
    Recording channel = new Recording(sent.array(), sent.size());
    Replies replies = new Replies(channel);
    Conversation conversation =
        new Conversation(session, new MessageInput(channel, 1 << 20), replies);
    boolean more = true;
    while (more) {
      more = conversation.handle();
    }
    replies.flush();
    return shown(ByteBuffer.wrap(channel.heard.toByteArray()));
  }

  private static List<String> shown(ByteBuffer heard) {
    List<String> answers = new ArrayList<>();
    while (heard.hasRemaining()) {
      char type = (char) heard.get();
      byte[] body = new byte[heard.getInt() - 4];
      heard.get(body);
      answers.add(
          type
              + switch (type) {
                case 'G', 'H' -> " " + HexFormat.of().formatHex(body);
                case 'd', 'C', 'Z' -> " " + text(body);
                case 'E' -> " " + field('C', body) + " " + field('M', body);
                default -> "";
              });
    }
    return answers;
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8).replace("\0", "").replace("\n", "|");
  }

  private static String field(char code, byte[] body) {
    for (String field : new String(body, StandardCharsets.UTF_8).split("\0")) {
      if (field.charAt(0) == code) {
        return field.substring(1);
      }
    }
    return "";
  }

  @Test
  void rowsMayBeCutAnywhere() throws IOException {
    query("COPY t FROM STDIN").data("1\ta\n2").data("\t").data("b\n3\tc").empty('c');
    query("COPY (SELECT * FROM t ORDER BY id) TO STDOUT");
    assertThat(answers())
        .containsExactly(
            "G 00000200000000",
            "C COPY 3",
            "Z I",
            "H 00000200000000",
            "d 1\ta|",
            "d 2\tb|",
            "d 3\tc|",
            "c",
            "C COPY 3",
            "Z I");
  }

  @Test
  void formatsAreToldBeforehand() throws IOException {
    query("COPY t FROM STDIN (FORMAT binary)").say('f', "no", true);
    query("COPY t TO STDOUT (FORMAT csv, HEADER)");
    assertThat(answers())
        .containsExactly(
            "G 01000200010001",
            "E 57014 COPY from stdin failed: no",
            "Z I",
            "H 00000200000000",
            "d id,name|",
            "c",
            "C COPY 0",
            "Z I");
  }

  @Test
  void flushAndSyncMeanNothingDuringACopy() throws IOException {
    query("COPY t FROM STDIN").empty('H').data("1\ta\n").empty('S').empty('c');
    assertThat(answers()).containsExactly("G 00000200000000", "C COPY 1", "Z I");
  }

  @Test
  void whatFollowsAWrongRowIsThrownAway() throws IOException {
    query("COPY t FROM STDIN").data("x\ta\n").data("2\tb\n").empty('c');
    query("COPY t TO STDOUT");
    assertThat(answers())
        .containsExactly(
            "G 00000200000000",
            "E 22P02 invalid input syntax for type integer: \"x\"",
            "Z I",
            "H 00000200000000",
            "c",
            "C COPY 0",
            "Z I");
  }

  @Test
  void aWrongRowFailsTheBlock() throws IOException {
    query("BEGIN").query("COPY t FROM STDIN").data("1\n").say('f', "too late", true);
    query("ROLLBACK");
    assertThat(answers())
        .containsExactly(
            "C BEGIN",
            "Z T",
            "G 00000200000000",
            "E 22P04 missing data for column \"name\"",
            "Z E",
            "C ROLLBACK",
            "Z I");
  }

  @Test
  void anotherMessageEndsTheCopy() throws IOException {
    query("COPY t FROM STDIN").data("1\ta\n").query("SELECT 1");
    assertThat(answers())
        .containsExactly(
            "G 00000200000000",
            "E 08P01 unexpected message type 0x51 during COPY from stdin",
            "Z I");
  }

  @Test
  void aClientThatIsGoneLeavesNothing() throws IOException {
    query("COPY t FROM STDIN").data("1\ta\n");
    assertThat(answers())
        .contains("E 08P01 unexpected EOF on client connection with an open transaction");
    sent.reset();
    query("COPY t TO STDOUT");
    assertThat(answers()).contains("C COPY 0");
  }

  @Test
  void copyIsAnExtendedQueryToo() throws IOException {
    sent.begin((byte) 'P');
    sent.putCString("");
    sent.putCString("COPY t FROM STDIN");
    sent.putShort(0);
    sent.end();
    sent.begin((byte) 'B');
    sent.putCString("");
    sent.putCString("");
    sent.putShort(0);
    sent.putShort(0);
    sent.putShort(0);
    sent.end();
    sent.begin((byte) 'E');
    sent.putCString("");
    sent.putInt(0);
    sent.end();
    data("1\ta\n").empty('c').empty('S');
    assertThat(answers()).containsExactly("1", "2", "G 00000200000000", "C COPY 1", "Z I");
  }
}
