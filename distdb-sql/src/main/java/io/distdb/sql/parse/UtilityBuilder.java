// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.Invariant;
import io.distdb.sql.ast.Statement;
import io.distdb.sql.ast.TransactionStatement;
import io.distdb.sql.ast.UtilityStatement;
import io.distdb.sql.text.Texts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** SET, SHOW. */
final class UtilityBuilder {
  private static final String SEARCH_PATH = "search_path";

  /** Settings whose values are names: each is quoted where it must be. */
  static final Set<String> NAME_LISTS = Set.of(SEARCH_PATH, "temp_tablespaces");

  private UtilityBuilder() {}

  static Statement set(DistDbSqlParser.SetStatementContext context) {
    return switch (context) {
      case DistDbSqlParser.SetTransactionContext transaction ->
          new TransactionStatement.SetTransaction(
              Spans.of(transaction), TransactionBuilder.modes(transaction.transactionModes()));
      case DistDbSqlParser.SetSnapshotContext snapshot ->
          new TransactionStatement.SetSnapshot(
              Spans.of(snapshot), Spans.token(snapshot.STRING()).content());
      case DistDbSqlParser.SetCharacteristicsContext session ->
          new UtilityStatement.SetCharacteristics(
              Spans.of(session), TransactionBuilder.modes(session.transactionModes()));
      case DistDbSqlParser.SetTimeZoneContext zone -> timeZone(zone);
      case DistDbSqlParser.SetRoleContext role ->
          new UtilityStatement.SetSetting(
              Spans.of(role),
              UtilityStatement.ROLE,
              Optional.of(value(role.settingValue())),
              role.LOCAL() != null);
      case DistDbSqlParser.SetAuthorizationContext user ->
          new UtilityStatement.SetSetting(
              Spans.of(user),
              UtilityStatement.SESSION_AUTHORIZATION,
              Optional.ofNullable(user.settingValue()).map(UtilityBuilder::value),
              user.LOCAL() != null);
      case DistDbSqlParser.SetNamesContext names ->
          new UtilityStatement.SetSetting(
              Spans.of(names),
              "client_encoding",
              Optional.ofNullable(names.STRING()).map(text -> Spans.token(text).content()),
              names.LOCAL() != null);
      case DistDbSqlParser.SetSchemaContext schema ->
          new UtilityStatement.SetSetting(
              Spans.of(schema),
              SEARCH_PATH,
              Optional.of(Texts.identifier(Spans.token(schema.STRING()).content())),
              schema.LOCAL() != null);
      case DistDbSqlParser.SetSettingContext setting -> setting(setting);
      default -> throw Invariant.unreachable("no such SET");
    };
  }

  private static Statement setting(DistDbSqlParser.SetSettingContext context) {
    String name = setting(context.settingName());
    return new UtilityStatement.SetSetting(
        Spans.of(context),
        name,
        values(context.settingValue(), NAME_LISTS.contains(name)),
        context.LOCAL() != null);
  }

  private static Statement timeZone(DistDbSqlParser.SetTimeZoneContext context) {
    Optional<String> value = Optional.ofNullable(context.settingValue()).map(UtilityBuilder::value);
    boolean local = context.getChild(1) == context.LOCAL(0);
    return new UtilityStatement.SetSetting(Spans.of(context), "timezone", value, local);
  }

  static String setting(DistDbSqlParser.SettingNameContext context) {
    return context.name().stream()
        .map(part -> NameBuilder.name(part).text().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining("."));
  }

  /** Absent for DEFAULT. */
  static Optional<String> values(
      List<DistDbSqlParser.SettingValueContext> values, boolean areNames) {
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(
            values.stream()
                .map(UtilityBuilder::value)
                .map(value -> areNames ? Texts.identifier(value) : value)
                .collect(Collectors.joining(", ")));
  }

  private static String value(DistDbSqlParser.SettingValueContext value) {
    return value.STRING() != null
        ? Spans.token(value.STRING()).content()
        : value.name() != null
            ? NameBuilder.name(value.name()).text()
            : value.getText().toLowerCase(Locale.ROOT);
  }

  static Statement reset(DistDbSqlParser.ResetStatementContext context) {
    return new UtilityStatement.ResetSetting(
        Spans.of(context),
        context.AUTHORIZATION() != null
            ? Optional.of(UtilityStatement.SESSION_AUTHORIZATION)
            : Optional.ofNullable(context.settingName()).map(UtilityBuilder::setting));
  }

  static Statement setConstraints(DistDbSqlParser.SetConstraintsContext context) {
    return new UtilityStatement.SetConstraints(
        Spans.of(context),
        context.qualifiedName().stream().map(NameBuilder::table).toList(),
        context.DEFERRED() != null);
  }

  static Statement show(DistDbSqlParser.ShowStatementContext context) {
    String name =
        context.ALL() != null
            ? "all"
            : context.ISOLATION() != null
                ? "transaction_isolation"
                : context.ZONE() != null
                    ? "timezone"
                    : context.AUTHORIZATION() != null
                        ? UtilityStatement.SESSION_AUTHORIZATION
                        : setting(context.settingName());
    return new UtilityStatement.ShowSetting(Spans.of(context), name);
  }
}
