// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client that can say anything, right or wrong. */
final class WireClient implements AutoCloseable {
  /** For an answer: nothing that a test waits for on a machine that stalls takes as long. */
  private static final int WAIT_MILLIS = 60_000;

  private final Socket socket;
  private final DataInputStream in;
  private OutputStream out;
  private int process;
  private int secret;

  /** A message of the server. */
  record Message(char type, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    /** A field of an error or a notice. */
    String field(char code) {
      for (String field : text().split("\0")) {
        if (!field.isEmpty() && field.charAt(0) == code) {
          return field.substring(1);
        }
      }
      return "";
    }

    @Override
    public String toString() {
      return type == 'E' ? type + " " + field('C') + " " + field('M') : type + text();
    }
  }

  /** Writes the body of a message. */
  interface Body {
    void write(DataOutputStream out) throws IOException;
  }

  /** Says something. */
  interface Talk {
    void run() throws IOException;
  }

  /** Connects, and says nothing yet. */
  WireClient(InetSocketAddress server) throws IOException {
    socket = new Socket(server.getAddress(), server.getPort());
    socket.setSoTimeout(WAIT_MILLIS);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /** Connects and comes in. */
  static WireClient in(InetSocketAddress server) throws IOException {
    WireClient client = new WireClient(server);
    client.start(196_608, "user", "tester", "database", "postgres");
    client.untilReady();
    return client;
  }

  int process() {
    return process;
  }

  int secret() {
    return secret;
  }

  void raw(byte... bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** What {@code talk} says goes in one piece: the server has all of it, or nothing. */
  void atOnce(Talk talk) throws IOException {
    OutputStream direct = out;
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    out = whole;
    try {
      talk.run();
    } finally {
      out = direct;
    }
    raw(whole.toByteArray());
  }

  /** A start-up packet. */
  void start(int version, String... parameters) throws IOException {
    raw(
        packet(body -> {
          body.writeInt(version);
          for (String parameter : parameters) {
            text(body, parameter);
          }
          body.writeByte(0);
        }));
  }

  static byte[] packet(Body body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    body.write(new DataOutputStream(bytes));
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    new DataOutputStream(whole).writeInt(bytes.size() + 4);
    bytes.writeTo(whole);
    return whole.toByteArray();
  }

  static byte[] message(char type, Body body) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(type);
    whole.write(packet(body));
    return whole.toByteArray();
  }

  void send(char type, Body body) throws IOException {
    raw(message(type, body));
  }

  void send(char type) throws IOException {
    send(type, body -> {});
  }

  static void text(DataOutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.writeByte(0);
  }

  void query(String sql) throws IOException {
    send('Q', body -> text(body, sql));
  }

  void parse(String name, String sql) throws IOException {
    send(
        'P',
        body -> {
          text(body, name);
          text(body, sql);
          body.writeShort(0);
        });
  }

  /** Binds text values, with text results. */
  void bind(String portal, String statement, String... values) throws IOException {
    send(
        'B',
        body -> {
          text(body, portal);
          text(body, statement);
          body.writeShort(0);
          body.writeShort(values.length);
          for (String value : values) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            body.writeInt(bytes.length);
            body.write(bytes);
          }
          body.writeShort(0);
        });
  }

  void execute(String portal, int rows) throws IOException {
    send(
        'E',
        body -> {
          text(body, portal);
          body.writeInt(rows);
        });
  }

  /** The next message; null: the server has closed the connection. */
  Message read() throws IOException {
    try {
      char type = (char) in.readByte();
      byte[] body = new byte[in.readInt() - 4];
      in.readFully(body);
      if (type == 'K') {
        process = new DataInputStream(new java.io.ByteArrayInputStream(body)).readInt();
        secret = new DataInputStream(new java.io.ByteArrayInputStream(body, 4, 4)).readInt();
      }
      return new Message(type, body);
    } catch (EOFException | SocketException closed) {
      return null;
    }
  }

  /** The messages up to ReadyForQuery, which is the last one, or up to the end. */
  List<Message> untilReady() throws IOException {
    List<Message> messages = new ArrayList<>();
    for (Message message = read(); message != null; message = read()) {
      messages.add(message);
      if (message.type() == 'Z') {
        break;
      }
    }
    return messages;
  }

  /** The types of the messages up to ReadyForQuery. */
  String types() throws IOException {
    StringBuilder types = new StringBuilder();
    untilReady().forEach(message -> types.append(message.type()));
    return types.toString();
  }

  /** What the first error up to ReadyForQuery, or the end, says: SQLSTATE and text. */
  String error() throws IOException {
    return untilReady().stream()
        .filter(message -> message.type() == 'E')
        .map(message -> message.field('C') + " " + message.field('M'))
        .findFirst()
        .orElse("no error");
  }

  /** Whether something can be read without waiting. */
  boolean isAnswered() throws IOException {
    return in.available() > 0;
  }

  /**
   * Waits until the server runs what {@code other} has sent it: on a connection of its own it may
   * be read later than what was sent after it.
   */
  void awaitRunning(WireClient other) throws IOException {
    String running =
        "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND pid = " + other.process();
    boolean runs = false;
    while (!runs) {
      query(running);
      runs = untilReady().stream().anyMatch(WireClient::isOne);
    }
  }

  private static boolean isOne(Message message) {
    return message.type() == 'D' && message.text().endsWith("1");
  }

  /** Says that nothing more will be said; the answers can still be read. */
  void endOfInput() throws IOException {
    socket.shutdownOutput();
  }

  /** Whether the server has closed the connection. */
  boolean isAtEnd() throws IOException {
    return read() == null;
  }

  /** Goes without a word. */
  @Override
  public void close() throws IOException {
    socket.close();
  }
}
