import EMGSignal

/// Rows of a table, all of one recording.
struct WindowRows: Sendable {
    /// What stands in a row beside its origin.
    enum Values: Sendable {
        case none
        case samples([Float])
        case features([Double])
    }

    /// The number of the recording, from 0.
    let recording: Int
    let starts: [Int64]
    /// The labels; −1 for a recording without.
    let labels: [Int16]
    let values: Values

    /// The row's samples; none when it has something else.
    var samples: [Float] { if case .samples(let values) = values { values } else { [] } }
    /// The row's features; none when it has something else.
    var features: [Double] { if case .features(let values) = values { values } else { [] } }
}
