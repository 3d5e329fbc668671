/// One channel of a recording: its name and the unit of its samples.
public struct Channel: Sendable, Hashable {
    /// The name, for example `emg0`.
    public package(set) var name: String
    /// The physical unit, for example `uV`; `count` for numbers of a converter without a scale.
    public package(set) var unit: String

    /// Creates a channel.
    ///
    /// - Parameters:
    ///   - name: The name, unique within a recording.
    ///   - unit: The unit of its samples.
    public init(name: String, unit: String) {
        self.name = name
        self.unit = unit
    }
}
