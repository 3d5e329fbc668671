/// One row of a ROAM table.
struct ROAMRow: Sendable {
    /// The samples by channel.
    var samples: [Float]
    /// The class.
    var label: UInt8 = 0
    /// The time in seconds.
    var time = 0.0
}
