// SPDX-License-Identifier: MIT
/**
 * The tables of {@code information_schema} that tell who may do what. Their rows are made when they
 * are read, since they depend on who reads them; the others are in {@code catalog.virtual}.
 */
package io.distdb.sql.catalog.grant;
