// SPDX-License-Identifier: MIT
package io.distdb.node.dump;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a dump is to have.
 *
 * @param schemas only what is in these; empty: everything
 * @param tables only these and what goes with them, whatever {@code schemas} say; empty: everything
 * @param rows how rows are written
 * @param drops whether what is there already goes first
 */
public record DumpRequest(
    Set<Part> parts,
    List<NamePattern> schemas,
    List<NamePattern> tables,
    RowStyle rows,
    Drops drops) {
  /** What can be in a dump or not. */
  public enum Part {
    /** The roles of the store and who is in which, without passwords. */
    ROLES,
    DEFINITIONS,
    /** And how far sequences have come. */
    ROWS,
    /** Of what is defined. */
    OWNERS,
    /** Of what is defined. */
    PRIVILEGES
  }

  /** Whether DROP comes first. */
  public enum Drops {
    NONE,
    /** Of all that is defined: it must be there. */
    DROP,
    DROP_IF_EXISTS
  }

  public DumpRequest {
    parts = Set.copyOf(parts);
    schemas = List.copyOf(schemas);
    tables = List.copyOf(tables);
  }

  /** Definitions and rows of everything. */
  public static final DumpRequest ALL =
      new DumpRequest(
          EnumSet.complementOf(EnumSet.of(Part.ROLES)),
          List.of(),
          List.of(),
          RowStyle.COPY,
          Drops.NONE);

  boolean has(Part part) {
    return parts.contains(part);
  }

  boolean selects(Entry entry) {
    if (!has(entry.isData() ? Part.ROWS : Part.DEFINITIONS)) {
      return false;
    }
    return switch (entry.kind()) {
      case "owner" -> has(Part.OWNERS) && matches(entry);
      case "grant" -> has(Part.PRIVILEGES) && matches(entry);
      default -> matches(entry);
    };
  }

  private boolean matches(Entry entry) {
    return tables.isEmpty()
        ? schemas.isEmpty() || inSchemas(entry, schemas)
        : inTables(entry, tables);
  }

  private static boolean inSchemas(Entry entry, List<NamePattern> patterns) {
    return patterns.stream().anyMatch(pattern -> pattern.matchesName(entry.schema()));
  }

  private static boolean inTables(Entry entry, List<NamePattern> patterns) {
    return !entry.kind().equals("schema")
        && patterns.stream().anyMatch(pattern -> pattern.matches(entry.schema(), entry.subject()));
  }

  /**
   * @throws DistDbException {@code UNDEFINED_TABLE}, {@code UNDEFINED_SCHEMA}: nothing matches one
   *     of the patterns
   */
  void checkMatches(List<Entry> all) {
    for (NamePattern pattern : tables) {
      if (all.stream().noneMatch(entry -> inTables(entry, List.of(pattern)))) {
        throw new DistDbException(
            ErrorCode.UNDEFINED_TABLE, "no matching tables were found for " + pattern);
      }
    }
    for (NamePattern pattern : schemas) {
      if (all.stream().noneMatch(entry -> inSchemas(entry, List.of(pattern)))) {
        throw new DistDbException(
            ErrorCode.UNDEFINED_SCHEMA, "no matching schemas were found for " + pattern);
      }
    }
  }
}
