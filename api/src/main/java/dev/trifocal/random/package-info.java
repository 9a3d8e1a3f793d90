/**
 * Counter-based random numbers. Every draw is a pure function of a seed, a purpose and an index, so
 * a resumed run equals an uninterrupted one and engines differ by rounding only.
 */
package dev.trifocal.random;
