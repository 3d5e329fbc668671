private import EMGFormats

/// When the muscles of a synthetic person really work, in contrast to when a cue asks for it.
package struct SyntheticMovement: Sendable, Hashable {
    /// The class: 1 open, 2 close.
    package let label: UInt8
    /// When the muscles begin to work, in seconds from the first row.
    package let start: Double
    /// When they begin to relax, in seconds from the first row.
    package let end: Double
}

extension SyntheticMovement {
    /// A table of movements as BIDS has events: onset and duration in seconds, then the class.
    static func table(_ movements: [SyntheticMovement]) -> [UInt8] {
        var text = "onset\tduration\ttrial_type\n"
        for movement in movements {
            let onset = Self.milliseconds(movement.start)
            let duration = Self.milliseconds(movement.end) - onset
            let name = ROAMTable.classNames[Int(movement.label)]
            text += "\(Self.seconds(onset))\t\(Self.seconds(duration))\t\(name)\n"
        }
        return Array(text.utf8)
    }

    private static func milliseconds(_ seconds: Double) -> Int { Int((seconds * 1_000).rounded()) }

    private static func seconds(_ milliseconds: Int) -> String {
        let digits = String(milliseconds % 1_000)
        return "\(milliseconds / 1_000)."
            + String(repeating: "0", count: 3 - digits.count) + digits
    }
}
