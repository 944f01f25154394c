// SPDX-License-Identifier: MIT
package io.distdb.node.config;

import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * One key of the configuration.
 *
 * @param initial its value when nobody gives one, as text
 * @param accepted what values there are, after "accepted: "
 * @param reader takes a value into a builder; {@code IllegalArgumentException}: not accepted
 */
record Setting(
    String key,
    String initial,
    String accepted,
    String meaning,
    BiConsumer<ConfigBuilder, String> reader) {
  /** A setting whose value is read by {@code parser}. */
  static <T> Setting of(
      String key,
      String initial,
      String accepted,
      String meaning,
      Function<String, T> parser,
      BiConsumer<ConfigBuilder, T> setter) {
    return new Setting(
        key,
        initial,
        accepted,
        meaning,
        (builder, text) -> setter.accept(builder, parser.apply(text)));
  }

  /** The variable that overrides it. */
  String variable() {
    return "DISTDB_" + key.toUpperCase(java.util.Locale.ROOT);
  }
}
