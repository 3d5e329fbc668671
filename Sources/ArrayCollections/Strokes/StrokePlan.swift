private import SeededRandom

/// A set of drawn characters that do not exist: what tests and demonstrations of few-shot learning
/// need and nobody had to draw.
///
/// A group is a script with a manner of its own, a class a character of a few strokes, and a sample
/// one drawer's attempt at it: drawers differ in slant, proportions and pen, and no two attempts at a
/// stroke are alike.
package struct StrokePlan: Sendable, Hashable {
    /// Scripts, from 1 to 1,000.
    package var groups = 12
    /// Characters of each script, from 1 to 1,000.
    package var classesPerGroup = 15
    /// Drawers, each of whom draws every character once, from 1 to 1,000.
    package var drawers = 20
    /// Pixels of a row and of a column, from 8 to 512.
    package var size = 28
    /// What everything is drawn from.
    package var seed = SeededGenerator.defaultSeed

    /// 180 characters of 12 scripts by 20 drawers.
    package init() {}

    /// Refuses what makes no sense.
    ///
    /// - Throws: ``ArrayError`` naming the number.
    package func validate() throws(ArrayError) {
        let numbers = [
            ("groups", groups, 1...1_000), ("classes", classesPerGroup, 1...1_000),
            ("drawers", drawers, 1...1_000), ("size", size, 8...512),
        ]
        for (name, number, range) in numbers where !range.contains(number) {
            throw ArrayError(
                .invalid(
                    expected: "\(name) from \(range.lowerBound) to \(range.upperBound)",
                    found: "\(number)"), at: "strokes", hint: "choose a number in that range")
        }
    }

    /// `script 3`, with as many digits as the last one has.
    static func name(_ word: String, _ index: Int, of count: Int) -> String {
        let (digits, width) = (String(index + 1), String(count).count)
        return word + String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
