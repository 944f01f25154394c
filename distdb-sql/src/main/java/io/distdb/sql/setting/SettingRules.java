// SPDX-License-Identifier: MIT
package io.distdb.sql.setting;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.CommitToken;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.ReadMode;
import io.distdb.api.txn.SynchronousCommit;
import io.distdb.sql.datetime.TimeZones;
import io.distdb.sql.text.UuidText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What values settings may have, and in which form they are kept. */
public final class SettingRules {
  private static final Pattern CUSTOM =
      Pattern.compile("[\\p{L}_][\\p{L}\\d_$]*(\\.[\\p{L}_][\\p{L}\\d_$]*)+");

  /** Encodings that PostgreSQL converts, letters and digits alone. */
  private static final Set<String> OTHER_ENCODINGS =
      Set.of(
          ("abc alt big5 euccn eucjis2004 eucjp euckr euctw gb18030 gbk iso88591 iso885910"
                  + " iso885913 iso885914 iso885915 iso885916 iso88592 iso88593 iso88594 iso88595"
                  + " iso88596 iso88597 iso88598 iso88599 johab koi8 koi8r koi8u latin1 latin10"
                  + " latin2 latin3 latin4 latin5 latin6 latin7 latin8 latin9 mskanji muleinternal"
                  + " shiftjis shiftjis2004 sjis tcvn tcvn5712 uhc vscii win win1250 win1251 win1252"
                  + " win1253 win1254 win1255 win1256 win1257 win1258 win866 win874 win932 win936"
                  + " win949 win950 windows1250 windows1251 windows1252 windows1253 windows1254"
                  + " windows1255 windows1256 windows1257 windows1258 windows866 windows874"
                  + " windows932 windows936 windows949 windows950")
              .split(" "));

  private static final String AFTER = " after ";

  private SettingRules() {}

  /**
   * The name of a setting that its user invents, such as {@code app.user}.
   *
   * @throws DistDbException {@code INVALID_NAME}
   */
  public static boolean isCustom(String name) {
    if (name.indexOf('.') < 0) {
      return false;
    }
    if (!CUSTOM.matcher(name).matches()) {
      throw new DistDbException(
              ErrorCode.INVALID_NAME, "invalid configuration parameter name \"" + name + "\"")
          .withDetail(
              "Custom parameter names must be two or more simple identifiers separated by dots.");
    }
    return true;
  }

  /**
   * The value as SHOW prints it.
   *
   * @param current the values before
   * @throws DistDbException {@code INVALID_PARAMETER_VALUE}; {@code FEATURE_NOT_SUPPORTED}: a value
   *     that PostgreSQL knows
   */
  static String normalized(Setting setting, String value, SettingValues current) {
    return switch (setting.kind()) {
      case SettingKind.Switch kind -> switched(setting, kind, value);
      case SettingKind.Whole kind -> kind.unit().text(SettingNumbers.count(setting, kind, value));
      case SettingKind.Choice kind -> chosen(setting, kind, value);
      case SettingKind.Text kind -> text(setting, kind.rule(), value, current);
    };
  }

  private static String switched(Setting setting, SettingKind.Switch kind, String value) {
    String wanted = onOrOff(setting.name(), value);
    if (!kind.obeyed().contains(wanted)) {
      throw unsupported(setting, value);
    }
    return wanted;
  }

  /**
   * @throws DistDbException {@code INVALID_PARAMETER_VALUE}
   */
  public static String onOrOff(String name, String value) {
    String wanted = SettingKind.onOrOff(value);
    if (wanted == null) {
      throw new DistDbException(
          ErrorCode.INVALID_PARAMETER_VALUE, "parameter \"" + name + "\" requires a Boolean value");
    }
    return wanted;
  }

  private static String chosen(Setting setting, SettingKind.Choice kind, String value) {
    String word = value.strip().toLowerCase(Locale.ROOT);
    String wanted =
        switch (setting.key()) {
          case "client_min_messages" -> word.equals("debug") ? "debug2" : word;
          case "synchronous_commit", "backslash_quote", "constraint_exclusion" -> {
            String onOrOff = kind.words().contains(word) ? null : SettingKind.onOrOff(word);
            yield onOrOff == null ? word : onOrOff;
          }
          default -> word;
        };
    if (!kind.words().contains(wanted)) {
      throw invalid(setting.name(), value)
          .withHint("Available values: " + String.join(", ", kind.words()) + ".");
    }
    if (!kind.obeyed().contains(wanted)) {
      throw unsupported(setting, value);
    }
    return wanted;
  }

  private static String text(
      Setting setting, SettingKind.TextRule rule, String value, SettingValues current) {
    return switch (rule) {
      case FREE -> value;
      case CLEAN_ASCII -> cleanAscii(value);
      case ENCODING -> encoding(setting, value);
      case DATE_STYLE ->
          DateStyleText.read(
                  value,
                  DateStyleText.of(current.find(setting.key())),
                  DateStyleText.of(setting.initial()))
              .text();
      case TIME_ZONE -> zone(setting, value.strip());
      case SEARCH_PATH -> path(setting, value);
      case MEMORY -> MemorySize.text(MemorySize.bytes(setting.name(), value.strip()));
      case LOCALE_C -> locale(setting, value, List.of("c", "posix"));
      case LOCALE_ENGLISH ->
          locale(setting, value, List.of("", "c", "posix", "en_us.utf-8", "en_us.utf8", "en_us"));
      case FIXED -> {
        if (!value.equals(setting.initial())) {
          throw unsupported(setting, value);
        }
        yield value;
      }
    };
  }

  private static String cleanAscii(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    StringBuilder clean = new StringBuilder(bytes.length);
    for (byte b : bytes) {
      clean.append(b < 32 || b > 126 ? '?' : (char) b);
    }
    return clean.toString();
  }

  private static String encoding(Setting setting, String value) {
    String plain = value.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    if (plain.equals("utf8") || plain.equals("unicode")) {
      return "UTF8";
    }
    if (plain.equals("sqlascii")) {
      return "SQL_ASCII";
    }
    throw OTHER_ENCODINGS.contains(plain)
        ? unsupported(setting, value)
        : invalid(setting.name(), value);
  }

  private static String zone(Setting setting, String value) {
    if (TimeZones.ofSetting(value).isEmpty()) {
      throw invalid(setting.name(), value);
    }
    return TimeZones.settingText(value);
  }

  private static String path(Setting setting, String value) {
    if (value.chars().filter(c -> c == '"').count() % 2 != 0) {
      throw invalid(setting.name(), value).withDetail("List syntax is invalid.");
    }
    return value;
  }

  private static String locale(Setting setting, String value, List<String> obeyed) {
    if (!obeyed.contains(value.toLowerCase(Locale.ROOT))) {
      throw unsupported(setting, value);
    }
    return value;
  }

  private static DistDbException unsupported(Setting setting, String value) {
    return new DistDbException(
        ErrorCode.FEATURE_NOT_SUPPORTED,
        "value \"" + value + "\" of parameter \"" + setting.name() + "\" is not supported");
  }

  static DistDbException invalid(String name, String value) {
    return new DistDbException(
        ErrorCode.INVALID_PARAMETER_VALUE,
        "invalid value for parameter \"" + name + "\": \"" + value + "\"");
  }

  /**
   * @throws DistDbException {@code INVALID_PARAMETER_VALUE}
   */
  public static IsolationLevel isolation(String setting, String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "read committed", "read uncommitted" -> IsolationLevel.READ_COMMITTED;
      case "repeatable read" -> IsolationLevel.REPEATABLE_READ;
      case "serializable" -> IsolationLevel.SERIALIZABLE;
      default ->
          throw invalid(setting, name)
              .withHint(
                  "Available values: serializable, repeatable read, read committed, read"
                      + " uncommitted.");
    };
  }

  /** A value of {@code transaction_read_mode}; what is none stands for the default. */
  public static ReadMode readMode(String shown) {
    return shown.strip().equalsIgnoreCase(ReadMode.BOUNDED_STALENESS.name())
        ? ReadMode.BOUNDED_STALENESS
        : ReadMode.LINEARIZABLE;
  }

  /**
   * A value of {@code synchronous_commit}: {@code remote_write} waits for more than it must, and
   * who lets {@code remote_apply} commits be acknowledged sees them on every node, as all do.
   */
  static SynchronousCommit synchronousCommit(String shown) {
    return shown.equals("local") || shown.equals("off")
        ? SynchronousCommit.LOCAL
        : SynchronousCommit.QUORUM;
  }

  /**
   * A value of {@code distdb.commit_token}.
   *
   * @throws DistDbException {@code INVALID_PARAMETER_VALUE}
   */
  public static CommitToken commitToken(String text) {
    int after = text.indexOf(AFTER);
    try {
      return after < 0
          ? new CommitToken(UuidText.parse(text))
          : new CommitToken(
              UuidText.parse(text.substring(0, after)),
              UuidText.parse(text.substring(after + AFTER.length())));
    } catch (DistDbException wrong) {
      throw invalid("distdb.commit_token", text)
          .withHint("It is a UUID, or one after another whose answer has come.");
    }
  }

  public static String text(IsolationLevel level) {
    return level.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
