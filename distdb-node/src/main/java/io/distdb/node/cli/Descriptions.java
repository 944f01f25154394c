// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import java.util.List;

/** What there is, printed for the backslash commands that list and describe. */
interface Descriptions {
  /** {@code \d} alone: tables, views and sequences. */
  void relations();

  void tables();

  void views();

  void indexes();

  void sequences();

  void schemas();

  void databases();

  void roles();

  /**
   * @param pattern a name in which {@code *} stands for anything and {@code ?} for one character
   */
  void functions(String pattern);

  /**
   * {@code \d name}.
   *
   * @param name a name, or a schema and a name
   * @throws DistDbException {@code UNDEFINED_TABLE}
   */
  void relation(List<String> name);
}
