package dev.trifocal.testkit.reference;

import java.util.Map;

/**
 * What a pass through a graph gives.
 *
 * @param outputs by output name
 * @param statistics new running values, by the name of the weight; empty in evaluation mode
 */
public record ForwardResult(
    Map<String, ReferenceArray> outputs, Map<String, ReferenceArray> statistics) {}
