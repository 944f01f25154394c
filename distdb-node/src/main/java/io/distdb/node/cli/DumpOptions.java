// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.node.dump.DumpRequest;
import io.distdb.node.dump.DumpRequest.Drops;
import io.distdb.node.dump.DumpRequest.Part;
import io.distdb.node.dump.NamePattern;
import io.distdb.node.dump.RowStyle;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** What {@code ./distdb dump} writes, in the words of pg_dump and pg_dumpall; a mixin. */
final class DumpOptions {
  @Option(
      names = {"-s", "--schema-only"},
      description = "Definitions, no rows.")
  private boolean schemaOnly;

  @Option(
      names = {"-a", "--data-only"},
      description = "Rows, no definitions.")
  private boolean dataOnly;

  @Option(
      names = {"-r", "--roles-only"},
      description = "The roles of all databases, nothing of this one. No passwords.")
  private boolean rolesOnly;

  @Option(names = "--roles", description = "The roles of all databases, too, before all else.")
  private boolean roles;

  @Option(
      names = {"-O", "--no-owner"},
      description = "Does not say whose the objects are.")
  private boolean noOwner;

  @Option(
      names = {"-x", "--no-privileges", "--no-acl"},
      description = "No GRANT and no REVOKE.")
  private boolean noPrivileges;

  @Option(
      names = {"-c", "--clean"},
      description = "Drops first what the dump defines.")
  private boolean clean;

  @Option(names = "--if-exists", description = "With --clean: as far as it is there.")
  private boolean ifExists;

  @Option(names = "--inserts", description = "Rows as INSERT statements.")
  private boolean inserts;

  @Option(
      names = {"--column-inserts", "--attribute-inserts"},
      description = "Rows as INSERT statements that name the columns.")
  private boolean columnInserts;

  @Option(
      names = "--rows-per-insert",
      paramLabel = "N",
      description = "Rows as INSERT statements of this many rows each.")
  private Integer rowsPerInsert;

  @Option(
      names = {"-n", "--schema"},
      paramLabel = "PATTERN",
      description = {"Only this schema and what is in it; with * and ?.", "May be repeated."})
  private List<String> schemas = new ArrayList<>();

  @Option(
      names = {"-t", "--table"},
      paramLabel = "PATTERN",
      description = {
        "Only this table or view and what goes with it, whatever -n says; [schema.]name with * and",
        "?. May be repeated."
      })
  private List<String> tables = new ArrayList<>();

  /**
   * @throws CommandLine.ParameterException they do not go together
   */
  DumpRequest request(CommandLine command) {
    refuse(schemaOnly && dataOnly, "--schema-only and --data-only exclude each other", command);
    refuse(clean && dataOnly, "--clean and --data-only exclude each other", command);
    refuse(ifExists && !clean, "--if-exists is for --clean", command);
    refuse(rowsPerInsert != null && rowsPerInsert < 1, "--rows-per-insert is at least 1", command);
    refuse(
        rolesOnly && (schemaOnly || dataOnly || clean || !schemas.isEmpty() || !tables.isEmpty()),
        "--roles-only excludes --schema-only, --data-only, --clean, --schema and --table",
        command);
    return new DumpRequest(
        parts(),
        schemas.stream().map(NamePattern::of).toList(),
        tables.stream().map(NamePattern::of).toList(),
        new RowStyle(
            inserts || columnInserts || rowsPerInsert != null,
            columnInserts,
            rowsPerInsert == null ? 1 : rowsPerInsert),
        ifExists ? Drops.DROP_IF_EXISTS : clean ? Drops.DROP : Drops.NONE);
  }

  private static void refuse(boolean wrong, String why, CommandLine command) {
    if (wrong) {
      throw new CommandLine.ParameterException(command, why);
    }
  }

  private Set<Part> parts() {
    if (rolesOnly) {
      return EnumSet.of(Part.ROLES);
    }
    EnumSet<Part> parts = EnumSet.noneOf(Part.class);
    if (roles) {
      parts.add(Part.ROLES);
    }
    if (!schemaOnly) {
      parts.add(Part.ROWS);
    }
    if (!dataOnly) {
      parts.add(Part.DEFINITIONS);
    }
    if (!noOwner) {
      parts.add(Part.OWNERS);
    }
    if (!noPrivileges) {
      parts.add(Part.PRIVILEGES);
    }
    return parts;
  }
}
