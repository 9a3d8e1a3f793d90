package dev.trifocal.profile;

/**
 * The time of one operator in a step.
 *
 * @param operator name of the operator in the engine
 * @param calls mean number of calls per step
 * @param milliseconds mean time per step
 */
public record OperatorTime(String operator, double calls, double milliseconds) {}
