internal import EMGSignal

/// A column of samples that has a rate of its own.
struct DelimitedSignal: Sendable, Hashable {
    let label: String
    let hertz: Double
    /// Whether the file says the rate; otherwise it follows from the times.
    let isDeclared: Bool
    let unit: String
    /// The column of its samples.
    let column: Int
    /// The column of its times; `nil` for none.
    let time: Int?

    /// What the signal is, by its unit and the part of the label that names the sensor:
    /// `Trigno sensor 1: ACC.X 1`.
    var kind: ChannelKind { ChannelKind(column: label, unit: unit) }
}

extension ChannelKind {
    /// Goes by a column: a unit of something else than EMG, then `EMG` in the name, then a word
    /// that is known for something else.
    init(column name: String, unit: String) {
        let unit = UnitTable.reading(of: unit)?.unit ?? unit
        guard !UnitTable.isOtherQuantity(unit), !Self.otherUnits.contains(unit.lowercased()) else {
            self = .other
            return
        }
        let last = name.lastIndex(of: ":").map { String(name[name.index(after: $0)...]) } ?? name
        let own = ChannelKind(named: last)
        guard own == .unknown else {
            self = own
            return
        }
        let whole = ChannelKind(named: name)
        let words = name.lowercased().split { !$0.isLetter }.map(String.init)
        self = whole != .emg && words.contains(where: Self.otherWords.contains) ? .other : whole
    }

    /// Units that only this laboratory equipment writes.
    private static let otherUnits: Set<String> = [
        "mg", "mgauss", "gauss", "cmh2o", "n.mm", "mm.n", "n*mm", "n.m", "nmm", "yyyy/mm/dd", "lux",
        "mm/s", "m/s/s", "deg/s/s", "degrees/s", "rpm", "l/s", "ml/min", "kpa", "bar", "mbar",
    ]

    /// Words of names of columns beside EMG, wherever they stand.
    private static let otherWords: Set<String> = [
        "force", "torque", "moment", "pressure", "velocity", "speed", "angle", "accel",
        "accelerometer", "acceleration", "acc", "gyro", "gyroscope", "magnetometer", "goniometer",
        "footswitch", "foot", "trigger", "sync", "cop", "ecg", "ekg", "respiration", "temperature",
    ]
}
