// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire.type;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.RowType;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.external.BinaryReader;
import io.distdb.sql.external.TextReader;
import io.distdb.sql.external.TypeNumbers;
import io.distdb.sql.function.Environment;
import java.util.Map;
import java.util.Optional;

/** The values of a Bind message. Used by one thread. */
public final class ParameterReader {
  /** Types of PostgreSQL that clients may ask for and DistDB does not have. */
  private static final Map<Integer, String> MISSING =
      Map.ofEntries(
          Map.entry(114, "json"),
          Map.entry(142, "xml"),
          Map.entry(199, "json[]"),
          Map.entry(600, "point"),
          Map.entry(650, "cidr"),
          Map.entry(774, "macaddr8"),
          Map.entry(790, "money"),
          Map.entry(829, "macaddr"),
          Map.entry(869, "inet"),
          Map.entry(1266, "time with time zone"),
          Map.entry(1270, "time with time zone[]"),
          Map.entry(1560, "bit"),
          Map.entry(1562, "bit varying"),
          Map.entry(2249, "record"),
          Map.entry(3614, "tsvector"),
          Map.entry(3615, "tsquery"),
          Map.entry(3802, "jsonb"),
          Map.entry(3807, "jsonb[]"));

  private static final byte[] NOTHING = {};

  private final BinaryReader binary = new BinaryReader();

  /**
   * The type that Parse declares for a parameter; absent: where it stands decides.
   *
   * @throws DistDbException {@code FEATURE_NOT_SUPPORTED}: DistDB does not have it; {@code
   *     UNDEFINED_OBJECT}: there is none
   */
  public static Optional<SqlType> declared(int number) {
    if (number == 0 || number == TypeNumbers.UNKNOWN) {
      return Optional.empty();
    }
    if (number == TypeNumbers.VOID) {
      return Optional.of(RowType.VOID);
    }
    Optional<SqlType> type = TypeNumbers.type(number);
    if (type.isPresent()) {
      return type;
    }
    String missing = MISSING.get(number);
    throw missing == null
        ? new DistDbException(
            ErrorCode.UNDEFINED_OBJECT,
            "type with OID " + Integer.toUnsignedString(number) + " does not exist")
        : new DistDbException(
            ErrorCode.FEATURE_NOT_SUPPORTED, "type " + missing + " is not supported");
  }

  /**
   * A value that is not NULL.
   *
   * @param portal that is bound; empty for the unnamed one
   * @param parameter its number, from 1
   * @param format 0 for text, 1 for binary
   * @throws DistDbException the bytes are no value of the type, and why; {@code
   *     INVALID_PARAMETER_VALUE}: another format
   */
  public Value read(
      String portal,
      int parameter,
      SqlType type,
      int format,
      byte[] bytes,
      int from,
      int length,
      Environment environment) {
    try {
      return RowFormat.isBinary(format)
          ? binary(parameter, type, bytes, from, length, environment)
          : TextReader.read(type, bytes, from, from + length, environment);
    } catch (DistDbException wrong) {
      String place = portal.isEmpty() ? "unnamed portal" : "portal \"" + portal + "\"";
      throw wrong.withContext(place + " parameter $" + parameter);
    }
  }

  private Value binary(
      int parameter, SqlType type, byte[] bytes, int from, int length, Environment environment) {
    try {
      Value value = binary.within(environment).over(bytes, from, length).read(type);
      if (!binary.isAtEnd()) {
        throw new DistDbException(
            ErrorCode.INVALID_BINARY_REPRESENTATION,
            "incorrect binary data format in bind parameter " + parameter);
      }
      return value;
    } finally {
      binary.over(NOTHING, 0, 0);
    }
  }
}
