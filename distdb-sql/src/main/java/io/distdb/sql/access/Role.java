// SPDX-License-Identifier: MIT
package io.distdb.sql.access;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A user or a group; PostgreSQL makes no difference between the two (documentation, chapter 22).
 *
 * @param validUntilMicros when the password expires, since 1970-01-01 UTC; {@link Long#MAX_VALUE}
 *     for infinity
 * @param verifier of the password, see {@link ScramVerifier}; never shown by {@link #toString}
 * @param settings that its sessions begin with, by name
 */
public record Role(
    long id,
    String name,
    boolean superuser,
    boolean inherit,
    boolean createRole,
    boolean createDatabase,
    boolean login,
    boolean replication,
    boolean bypassesRowSecurity,
    int connectionLimit,
    Optional<Long> validUntilMicros,
    Optional<String> verifier,
    Map<String, String> settings) {
  /** The id of the role that every store has from the start; always a superuser. */
  public static final long FIRST = 10;

  /** Its name, until it is renamed. */
  public static final String FIRST_NAME = "postgres";

  /** As {@link #connectionLimit}. */
  public static final int UNLIMITED = -1;

  public Role {
    settings = java.util.Collections.unmodifiableMap(new TreeMap<>(settings));
  }

  /** One that may do nothing, as CREATE ROLE makes it. */
  public static Role plain(long id, String name) {
    return new Role(
        id,
        name,
        false,
        true,
        false,
        false,
        false,
        false,
        false,
        UNLIMITED,
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  /** The first role of a store: may do everything and has no password yet. */
  public static Role first() {
    return new Role(
        FIRST,
        FIRST_NAME,
        true,
        true,
        true,
        true,
        true,
        true,
        true,
        UNLIMITED,
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  public Role withName(String newName) {
    return new Role(
        id,
        newName,
        superuser,
        inherit,
        createRole,
        createDatabase,
        login,
        replication,
        bypassesRowSecurity,
        connectionLimit,
        validUntilMicros,
        verifier,
        settings);
  }

  public Role withSettings(Map<String, String> newSettings) {
    return new Role(
        id,
        name,
        superuser,
        inherit,
        createRole,
        createDatabase,
        login,
        replication,
        bypassesRowSecurity,
        connectionLimit,
        validUntilMicros,
        verifier,
        newSettings);
  }

  /** Without the verifier. */
  @Override
  public String toString() {
    return "Role[" + id + ", " + name + "]";
  }
}
