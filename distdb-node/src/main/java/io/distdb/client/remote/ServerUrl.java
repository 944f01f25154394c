// SPDX-License-Identifier: MIT
package io.distdb.client.remote;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.postgresql.PGProperty;

/**
 * {@code postgresql://user:password@host:port,host2:port2/db?name=value&…}, as libpq reads it
 * (PostgreSQL's documentation, section 34.1.1.2). Parameters are libpq's ({@code sslmode}, {@code
 * connect_timeout}, {@code application_name}, {@code target_session_attrs}, {@code options}, …) or
 * pgjdbc's, two of the pool: {@code pool_max_size} (connections, 16) and {@code pool_timeout}
 * (seconds to wait for one, 30); and {@code commit_tokens} ({@code on}, {@code off}): whether
 * commits have names, by which it is found out what became of one whose answer was lost; on when
 * there are several hosts.
 *
 * @param hosts with ports, separated by commas
 * @param properties of the driver, user and password among them
 * @param commitTokens whether commits have names
 */
record ServerUrl(
    String hosts,
    String database,
    Properties properties,
    int poolMaxSize,
    long poolTimeoutMillis,
    boolean commitTokens) {
  private static final String COMMIT_TOKENS = "commit_tokens";
  private static final String SCHEME = "postgresql://";
  private static final int POOL_MAX_SIZE = 16;
  private static final int POOL_TIMEOUT_SECONDS = 30;

  private static final Map<String, String> OF_LIBPQ =
      Map.of(
          "connect_timeout", "connectTimeout",
          "application_name", "ApplicationName",
          "target_session_attrs", "targetServerType",
          "keepalives", "tcpKeepAlive",
          "channel_binding", "channelBinding",
          "gssencmode", "gssEncMode",
          "load_balance_hosts", "loadBalanceHosts");

  private static final Map<String, String> SESSION_KINDS =
      Map.of(
          "read-write",
          "primary",
          "primary",
          "primary",
          "standby",
          "secondary",
          "read-only",
          "secondary",
          "prefer-standby",
          "preferSecondary",
          "any",
          "any");

  /** What the client sets, for it depends on it. */
  private static final Set<String> OWN =
      Set.of(
          "assumeMinServerVersion",
          "autosave",
          "binaryTransfer",
          "binaryTransferEnable",
          "escapeSyntaxCallMode",
          "preferQueryMode",
          "prepareThreshold",
          "replication",
          "reWriteBatchedInserts",
          "stringtype",
          "defaultRowFetchSize",
          "maxResultBuffer");

  /**
   * @throws DistDbException {@code INVALID_PARAMETER_VALUE}: it is no such URL; {@code
   *     FEATURE_NOT_SUPPORTED}: a parameter that the client sets itself
   */
  static ServerUrl parse(String url) {
    String rest = afterScheme(url);
    int query = rest.indexOf('?');
    String place = query < 0 ? rest : rest.substring(0, query);
    Properties properties = new Properties();
    int at = place.lastIndexOf('@');
    if (at >= 0) {
      String who = place.substring(0, at);
      int colon = who.indexOf(':');
      properties.setProperty("user", decoded(colon < 0 ? who : who.substring(0, colon)));
      if (colon >= 0) {
        properties.setProperty("password", decoded(who.substring(colon + 1)));
      }
    }
    String hosts = place.substring(at + 1);
    int slash = hosts.indexOf('/');
    String database = slash < 0 ? "" : decoded(hosts.substring(slash + 1));
    hosts = withPorts(slash < 0 ? hosts : hosts.substring(0, slash));
    properties.setProperty("ApplicationName", "DistDB client");
    if (query >= 0) {
      Arrays.stream(rest.substring(query + 1).split("&"))
          .filter(pair -> !pair.isEmpty())
          .forEach(pair -> parameter(pair, properties));
    }
    return of(hosts, database, properties);
  }

  private static ServerUrl of(String hosts, String database, Properties properties) {
    String user = properties.getProperty("user", System.getProperty("user.name"));
    properties.setProperty("user", user);
    int size = number(properties, "pool_max_size", POOL_MAX_SIZE);
    int seconds = number(properties, "pool_timeout", POOL_TIMEOUT_SECONDS);
    return new ServerUrl(
        hosts,
        database.isEmpty() ? user : database,
        properties,
        size,
        seconds * 1_000L,
        commitTokens(properties, hosts));
  }

  private static String afterScheme(String url) {
    String bare = url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
    if (bare.startsWith("postgres://")) {
      return bare.substring("postgres://".length());
    }
    if (!bare.startsWith(SCHEME)) {
      throw wrong("a server's URL begins with " + SCHEME)
          .withHint("postgresql://user:password@host:port/database");
    }
    return bare.substring(SCHEME.length());
  }

  private static String withPorts(String hosts) {
    return Arrays.stream(hosts.split(",", -1))
        .map(host -> host.isEmpty() ? "localhost" : host)
        .map(host -> host.matches(".*[^:]:\\d+|\\[.*]:\\d+") ? host : host + ":5432")
        .collect(Collectors.joining(","));
  }

  private static void parameter(String pair, Properties properties) {
    int equals = pair.indexOf('=');
    if (equals < 1) {
      throw wrong("\"" + pair + "\" is no parameter of a server's URL: it has no value");
    }
    String given = decoded(pair.substring(0, equals));
    String name = OF_LIBPQ.getOrDefault(given, given);
    String value = decoded(pair.substring(equals + 1));
    if (OWN.contains(name)) {
      throw new DistDbException(
          ErrorCode.FEATURE_NOT_SUPPORTED,
          "parameter \"" + given + "\" of a server's URL is the client's own to set");
    }
    if (!known().contains(name)) {
      throw wrong("a server's URL has no parameter \"" + given + "\"");
    }
    if (given.equals("target_session_attrs")) {
      value = SESSION_KINDS.getOrDefault(value, value);
    } else if (given.equals("keepalives")) {
      value = Boolean.toString(!value.equals("0"));
    }
    properties.setProperty(name, value);
  }

  private static Set<String> known() {
    Set<String> names =
        Arrays.stream(PGProperty.values())
            .map(PGProperty::getName)
            .collect(Collectors.toCollection(HashSet::new));
    names.add("pool_max_size");
    names.add("pool_timeout");
    names.add(COMMIT_TOKENS);
    return names;
  }

  private static int number(Properties properties, String name, int otherwise) {
    String value = (String) properties.remove(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.matches("[1-9]\\d{0,5}")) {
      throw wrong("parameter \"" + name + "\" is a number from 1 to 999999, not " + value);
    }
    return Integer.parseInt(value);
  }

  private static boolean commitTokens(Properties properties, String hosts) {
    String value = (String) properties.remove(COMMIT_TOKENS);
    return switch (value) {
      case null -> hosts.contains(",");
      case "on" -> true;
      case "off" -> false;
      default -> throw wrong("parameter \"" + COMMIT_TOKENS + "\" is on or off, not " + value);
    };
  }

  private static DistDbException wrong(String message) {
    return new DistDbException(ErrorCode.INVALID_PARAMETER_VALUE, message);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** The same server, another database. */
  ServerUrl withDatabase(String name) {
    return new ServerUrl(hosts, name, properties, poolMaxSize, poolTimeoutMillis, commitTokens);
  }

  /** The same server, another user. */
  ServerUrl withUser(String user, String password) {
    Properties other = new Properties();
    other.putAll(properties);
    other.setProperty("user", user);
    if (password != null) {
      other.setProperty("password", password);
    }
    return new ServerUrl(hosts, database, other, poolMaxSize, poolTimeoutMillis, commitTokens);
  }

  String user() {
    return properties.getProperty("user");
  }

  /** For the driver; who comes in is in the properties. */
  String jdbc() {
    return "jdbc:postgresql://"
        + hosts
        + "/"
        + java.net.URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Without user and password, for messages. */
  @Override
  public String toString() {
    return SCHEME + hosts + "/" + database;
  }
}
