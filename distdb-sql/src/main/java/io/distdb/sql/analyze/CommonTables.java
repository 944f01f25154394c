// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.SourceSpan;
import java.util.List;
import java.util.Optional;

/** The names that WITH gives to queries and that are in scope, innermost first. Immutable. */
final class CommonTables {
  static final CommonTables NONE = new CommonTables(null, null);

  private final CommonTables outer;
  private final Entry entry;

  private CommonTables(CommonTables outer, Entry entry) {
    this.outer = outer;
    this.entry = entry;
  }

  CommonTables and(Entry inner) {
    return new CommonTables(this, inner);
  }

  Optional<Entry> find(String name) {
    for (CommonTables at = this; at.entry != null; at = at.outer) {
      if (at.entry.name.equals(name)) {
        return Optional.of(at.entry);
      }
    }
    return Optional.empty();
  }

  /** One name, and whether it may be used where the analysis is now. */
  static final class Entry {
    final int id;

    /** Whether it names a query within that query: the rows that the last step added. */
    final boolean working;

    final String name;
    private List<String> headings = List.of();
    private List<SqlType> types = List.of();
    private Optional<String> refusal = Optional.empty();
    private ErrorCode refusalCode = ErrorCode.INVALID_RECURSION;
    private int uses;

    /** How deep in parts without recursion the query stands. */
    final int depth;

    Entry(int id, boolean working, String name, int depth) {
      this.depth = depth;
      this.id = id;
      this.working = working;
      this.name = name;
    }

    /**
     * @param message what is said of a use from here on
     */
    void refuse(String message) {
      refuse(ErrorCode.INVALID_RECURSION, message);
    }

    void refuse(ErrorCode code, String message) {
      refusalCode = code;
      refusal = Optional.of(message);
    }

    void allow(List<String> newHeadings, List<SqlType> newTypes) {
      headings = List.copyOf(newHeadings);
      types = List.copyOf(newTypes);
      refusal = Optional.empty();
    }

    List<String> headings() {
      return headings;
    }

    List<SqlType> types() {
      return types;
    }

    int uses() {
      return uses;
    }

    /**
     * @param place what it stands within that may hold no recursive reference: {@code EXCEPT}
     * @throws DistDbException {@code INVALID_RECURSION}; {@code FEATURE_NOT_SUPPORTED}
     */
    void use(SourceSpan span, Optional<String> place) {
      uses++;
      if (refusal.isPresent()) {
        throw new DistDbException(refusalCode, refusal.get()).at(span.position());
      }
      if (working && (uses > 1 || place.isPresent())) {
        throw new DistDbException(
                ErrorCode.INVALID_RECURSION,
                "recursive reference to query \""
                    + name
                    + "\" must not appear "
                    + place.map(where -> "within " + where).orElse("more than once"))
            .at(span.position());
      }
    }
  }
}
