// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

import io.distdb.node.pgwire.WireClient.Message;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A conversation as text. A line is a message of the client, its parts between {@code |}: {@code Q
 * text}, {@code P name|text}, {@code B portal|statement|value…} (a value after {@code \x} is
 * binary), {@code D S|name}, {@code E portal|rows}, {@code C P|name}, {@code S}. After {@code Q}
 * and {@code S} come the answers, each a line that begins with {@code <}. {@code ==} begins another
 * conversation; {@code #} a remark.
 */
final class WireScript {
  private WireScript() {}

  /** Says what the client says in {@code lines}; returns the whole as it went. */
  static List<String> play(InetSocketAddress server, List<String> lines) throws IOException {
    List<String> all = new ArrayList<>();
    WireClient client = null;
    try {
      for (String line : lines) {
        if (line.startsWith("<")) {
          continue;
        }
        all.add(line);
        if (line.startsWith("==")) {
          if (client != null) {
            client.close();
          }
          client = WireClient.in(server);
        } else if (!line.isBlank() && !line.startsWith("#")) {
          say(client, line);
          if (line.startsWith("Q") || line.equals("S")) {
            client.untilReady().forEach(answer -> shown(answer, all));
          }
        }
      }
    } finally {
      if (client != null) {
        client.close();
      }
    }
    return all;
  }

  private static void say(WireClient client, String line) throws IOException {
    String rest = line.length() > 2 ? line.substring(2) : "";
    String[] parts = rest.split("\\|", -1);
    char type = line.charAt(0);
    switch (type) {
      case 'Q' -> client.query(rest);
      case 'P' -> client.parse(parts[0], rest.substring(parts[0].length() + 1));
      case 'B' -> {
        String[] values = List.of(parts).subList(2, parts.length).toArray(String[]::new);
        bind(client, parts[0], parts[1], values);
      }
      case 'E' -> client.execute(parts[0], Integer.parseInt(parts[1]));
      case 'D', 'C' ->
          client.send(
              type,
              body -> {
                body.writeByte(parts[0].charAt(0));
                WireClient.text(body, parts[1]);
              });
      case 'S' -> client.send('S');
      default -> throw new IllegalArgumentException(line);
    }
  }

  private static void bind(WireClient client, String portal, String statement, String[] values)
      throws IOException {
    client.send(
        'B',
        body -> {
          WireClient.text(body, portal);
          WireClient.text(body, statement);
          body.writeShort(values.length);
          for (String value : values) {
            body.writeShort(value.startsWith("\\x") ? 1 : 0);
          }
          body.writeShort(values.length);
          for (String value : values) {
            byte[] bytes =
                value.startsWith("\\x")
                    ? HexFormat.of().parseHex(value.substring(2))
                    : value.getBytes(StandardCharsets.UTF_8);
            body.writeInt(bytes.length);
            body.write(bytes);
          }
          body.writeShort(0);
        });
  }

  private static void shown(Message answer, List<String> all) {
    if (answer.type() != 'S') {
      try {
        all.add(("< " + answer.type() + " " + body(answer)).strip());
      } catch (IOException cut) {
        throw new IllegalStateException("a message of type " + answer.type() + " is cut", cut);
      }
    }
  }

  private static String body(Message answer) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(answer.body()));
    return switch (answer.type()) {
      case 'E', 'N' ->
          answer.field('S') + " " + answer.field('C') + " " + answer.field('M') + detail(answer);
      case 'T' -> columns(in);
      case 'D' -> cells(in);
      case 't' -> numbers(in);
      case 'C' -> text(in);
      case 'Z' -> String.valueOf((char) in.readByte());
      default -> "";
    };
  }

  private static String detail(Message answer) {
    String detail = answer.field('D');
    return detail.isEmpty() ? "" : " (" + detail.replace("\n", "; ") + ")";
  }

  private static String columns(DataInputStream in) throws IOException {
    StringBuilder all = new StringBuilder();
    for (int left = in.readShort(); left > 0; left--) {
      all.append(text(in));
      in.skipBytes(6);
      all.append(':').append(in.readInt()).append(left > 1 ? " " : "");
      in.skipBytes(8);
    }
    return all.toString();
  }

  private static String cells(DataInputStream in) throws IOException {
    StringBuilder all = new StringBuilder();
    for (int left = in.readShort(); left > 0; left--) {
      int length = in.readInt();
      all.append(length < 0 ? "NULL" : new String(in.readNBytes(length), StandardCharsets.UTF_8));
      all.append(left > 1 ? "|" : "");
    }
    return all.toString();
  }

  private static String numbers(DataInputStream in) throws IOException {
    StringBuilder all = new StringBuilder();
    for (int left = in.readShort(); left > 0; left--) {
      all.append(in.readInt()).append(left > 1 ? " " : "");
    }
    return all.toString();
  }

  private static String text(DataInputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int next = in.read(); next > 0; next = in.read()) {
      text.append((char) next);
    }
    return text.toString();
  }
}
