// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import java.util.ArrayList;
import java.util.List;

/** Functions and operators of numbers (PostgreSQL's documentation, 9.3). */
final class MoreMathFunctions {
  static final List<ScalarFunction> OPERATORS = operators();
  static final List<ScalarFunction> ALL = all();

  private MoreMathFunctions() {}

  private static List<ScalarFunction> operators() {
    List<ScalarFunction> all = new ArrayList<>();
    for (String type : List.of("int2", "int4", "int8")) {
      all.addAll(
          Signatures.operators(
              Volatility.IMMUTABLE,
              """
              &(%1$s,%1$s) %1$s
              |(%1$s,%1$s) %1$s
              #(%1$s,%1$s) %1$s
              ~(%1$s) %1$s
              <<(%1$s,int4) %1$s
              >>(%1$s,int4) %1$s
              """
                  .formatted(type)));
    }
    for (String type : List.of("int2", "int4", "int8", "float4", "float8", "numeric")) {
      all.addAll(Signatures.operators(Volatility.IMMUTABLE, "@(%1$s) %1$s".formatted(type)));
    }
    all.addAll(
        Signatures.operators(
            Volatility.IMMUTABLE,
            """
            |/(float8) float8
            ||/(float8) float8
            """));
    return List.copyOf(all);
  }

  private static List<ScalarFunction> all() {
    List<ScalarFunction> all = new ArrayList<>();
    for (String name :
        List.of(
            "acos", "acosd", "acosh", "asin", "asind", "asinh", "atan", "atand", "atanh", "cbrt",
            "cos", "cosd", "cosh", "cot", "cotd", "degrees", "log", "log10", "radians", "sin",
            "sind", "sinh", "tan", "tand", "tanh")) {
      all.addAll(Signatures.functions(Volatility.IMMUTABLE, name + "(float8) float8"));
    }
    all.addAll(
        Signatures.functions(
            Volatility.IMMUTABLE,
            """
            atan2(float8,float8) float8
            atan2d(float8,float8) float8
            factorial(int8) numeric
            gcd(int4,int4) int4
            gcd(int8,int8) int8
            gcd(numeric,numeric) numeric
            lcm(int4,int4) int4
            lcm(int8,int8) int8
            lcm(numeric,numeric) numeric
            log(numeric) numeric
            log(numeric,numeric) numeric
            log10(numeric) numeric
            min_scale(numeric) int4
            pi() float8
            scale(numeric) int4
            trim_scale(numeric) numeric
            width_bucket(float8,float8,float8,int4) int4
            width_bucket(numeric,numeric,numeric,int4) int4
            """));
    all.addAll(
        Signatures.functions(
            Volatility.VOLATILE,
            """
            random() float8
            setseed(float8) text
            gen_random_uuid() uuid
            """));
    return List.copyOf(all);
  }
}
