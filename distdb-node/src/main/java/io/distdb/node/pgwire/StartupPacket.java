// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.node.pgwire.message.MessageInput;
import io.distdb.node.pgwire.message.ProtocolException;
import io.distdb.sql.session.StartupOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The first packets of a client. PostgreSQL's documentation, "Start-up". */
sealed interface StartupPacket {
  /** Longest packet before somebody has come in, as PostgreSQL's. */
  int BYTES_MAX = 10_000;

  int CANCEL = 80_877_102;
  int TLS = 80_877_103;
  int GSSAPI = 80_877_104;
  int MAJOR = 3;

  /** Parameters that are no settings. */
  Set<String> NO_SETTINGS = Set.of("user", "database", "options", "replication");

  /** How names of the protocol's own options begin. */
  String OPTION = "_pq_.";

  Set<String> NO_REPLICATION = Set.of("false", "off", "no", "0", "f", "n");

  /** Ends the statement of another connection. */
  record Cancel(int process, int secret) implements StartupPacket {}

  /** Asks for TLS. */
  record WantsTls() implements StartupPacket {}

  /** Asks for encryption by GSSAPI. */
  record WantsGssapi() implements StartupPacket {}

  /**
   * Wants in.
   *
   * @param minor of protocol 3
   * @param parameters user, database, and settings, in the order given
   */
  record Start(int minor, Map<String, String> parameters) implements StartupPacket {
    String user() {
      return parameters.getOrDefault("user", "");
    }

    String database() {
      String named = parameters.getOrDefault("database", "");
      return named.isEmpty() ? user() : named;
    }

    /** Of the protocol, from versions to come. */
    List<String> unknownOptions() {
      return parameters.keySet().stream().filter(name -> name.startsWith(OPTION)).toList();
    }

    /**
     * @throws DistDbException {@code FEATURE_NOT_SUPPORTED}: it wants to be a standby
     */
    void checkReplication() {
      String wanted = parameters.getOrDefault("replication", "off").toLowerCase(Locale.ROOT);
      if (!NO_REPLICATION.contains(wanted)) {
        throw new DistDbException(
            ErrorCode.FEATURE_NOT_SUPPORTED, "replication connections are not supported");
      }
    }

    /** Those of the command line first, as PostgreSQL takes them. */
    Map<String, String> settings() {
      Map<String, String> settings =
          new LinkedHashMap<>(StartupOptions.parse(parameters.getOrDefault("options", "")));
      parameters.forEach((name, value) -> {
        if (!NO_SETTINGS.contains(name) && !name.startsWith(OPTION)) {
          settings.put(name, value);
        }
      });
      return settings;
    }
  }

  /**
   * Reads the packet that {@code in} has moved to.
   *
   * @throws ProtocolException it is none
   */
  static StartupPacket read(MessageInput in) {
    int code = in.getInt();
    return switch (code) {
      case CANCEL -> new Cancel(in.getInt(), in.getInt());
      case TLS -> new WantsTls();
      case GSSAPI -> new WantsGssapi();
      default -> start(code, in);
    };
  }

  private static Start start(int version, MessageInput in) {
    int major = version >>> 16;
    int minor = version & 0xFFFF;
    if (major != MAJOR) {
      throw new ProtocolException(
          new DistDbException(
              ErrorCode.FEATURE_NOT_SUPPORTED,
              "unsupported frontend protocol "
                  + major
                  + "."
                  + minor
                  + ": server supports 3.0 to 3.0"));
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    while (true) {
      String name = in.getString();
      if (name.isEmpty()) {
        break;
      }
      parameters.put(name, in.getString());
    }
    in.end();
    return new Start(minor, parameters);
  }
}
