public import EMGSignal

/// The movements that were found in a recording.
public struct DetectedMovements: Sendable, Hashable {
    /// From begin to end, in order, apart from each other.
    public let movements: [SampleRange]
    /// What a movement begins and ends at, in standard deviations of the rest.
    public let threshold: Double
    /// What a movement must pass to count, in the same unit.
    public let movementThreshold: Double
}
