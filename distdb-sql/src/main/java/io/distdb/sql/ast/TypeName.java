// SPDX-License-Identifier: MIT
package io.distdb.sql.ast;

import java.util.List;

/**
 * A type as it was written.
 *
 * @param name folded, words separated by one space: {@code double precision}
 * @param modifiers the numbers in parentheses
 */
public record TypeName(SourceSpan span, String name, List<Integer> modifiers, boolean array) {
  public TypeName {
    modifiers = List.copyOf(modifiers);
  }
}
