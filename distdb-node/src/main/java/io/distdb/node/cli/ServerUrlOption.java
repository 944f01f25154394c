// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.io.Console;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;

/**
 * What {@code --url} says. The password is the URL's, else that of PGPASSWORD; when the server
 * wants one and there is none, it is asked on the terminal.
 */
final class ServerUrlOption {
  private static final String PASSWORD_MISSING = "no password was provided";

  private final String url;
  private final boolean passwordKnown;

  private ServerUrlOption(String url, boolean passwordKnown) {
    this.url = url;
    this.passwordKnown = passwordKnown;
  }

  /**
   * @param database instead of the one that the URL names; null: that
   */
  static ServerUrlOption of(String url, String database, Map<String, String> environment) {
    String placed = with(database == null ? url : inDatabase(url, database), "pool_max_size", "1");
    if (hasPassword(url)) {
      return new ServerUrlOption(placed, true);
    }
    String password = environment.getOrDefault("PGPASSWORD", "");
    return password.isEmpty()
        ? new ServerUrlOption(placed, false)
        : new ServerUrlOption(with(placed, "password", password), true);
  }

  /**
   * Opens what the URL leads to, asking for a password when that is what the server misses.
   *
   * @throws DistDbException as {@code open}
   */
  <T> T open(Function<String, T> open) {
    try {
      return open.apply(url);
    } catch (DistDbException refused) {
      if (passwordKnown || !isForPassword(refused)) {
        throw refused;
      }
      if (!Main.isOnTerminal()) {
        throw new DistDbException(
                ErrorCode.INVALID_PASSWORD, "the server asks for a password, and none is given")
            .withHint("Set PGPASSWORD.");
      }
      return open.apply(with(url, "password", ask()));
    }
  }

  private static boolean isForPassword(DistDbException refused) {
    String said = refused.getMessage() + refused.detail().orElse("");
    return refused.code() == ErrorCode.INVALID_PASSWORD || said.contains(PASSWORD_MISSING);
  }

  private static String ask() {
    Console console = System.console();
    char[] typed = console == null ? null : console.readPassword("Password: ");
    if (typed == null) {
      throw new DistDbException(ErrorCode.INVALID_PASSWORD, "no password was given");
    }
    return new String(typed);
  }

  private static boolean hasPassword(String url) {
    int who = url.indexOf("//") + 2;
    int at = placeOf(url).lastIndexOf('@');
    return (at > who && url.substring(who, at).indexOf(':') >= 0)
        || url.substring(placeOf(url).length()).matches("(?s)\\?(.*&)?password=.*");
  }

  /** Without the parameters. */
  private static String placeOf(String url) {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }

  private static String inDatabase(String url, String database) {
    String place = placeOf(url);
    int hosts = Math.max(place.indexOf("//") + 2, place.lastIndexOf('@') + 1);
    int slash = place.indexOf('/', hosts);
    String before = slash < 0 ? place : place.substring(0, slash);
    return before + "/" + encoded(database) + url.substring(place.length());
  }

  private static String with(String url, String parameter, String value) {
    return url + (url.indexOf('?') < 0 ? "?" : "&") + parameter + "=" + encoded(value);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
