// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.type.SqlType;

/**
 * A function of one or more arguments of any types.
 *
 * @param texts how many arguments in front are converted to TEXT; the others stay what they are
 */
public record VariadicFunction(String name, int texts, SqlType resultType, Volatility volatility) {}
