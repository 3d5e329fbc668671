/// Many patterns of task ids, of which those that fit an id are found without trying each: a list
/// may name every one of a hundred thousand tasks.
package struct TaskPatternIndex: Sendable {
    private let patterns: [TaskPattern]
    /// Where the patterns stand whose parts are names or fit anything, by their names.
    private var places: [[String?]: [Int]] = [:]
    /// Which parts such patterns name.
    private var namedParts: Set<[Bool]> = []
    /// Where the others stand: names with some characters left open.
    private var others: [Int] = []

    /// - Parameter patterns: The patterns, in the order of the list.
    package init(_ patterns: [TaskPattern]) {
        self.patterns = patterns
        for (place, pattern) in patterns.enumerated() {
            if let names = pattern.wholeNames {
                places[names, default: []].append(place)
                namedParts.insert(names.map { $0 != nil })
            } else {
                others.append(place)
            }
        }
    }

    /// Whether one of the patterns fits a task's id.
    package func fits(_ id: String) -> Bool {
        keys(of: id).contains { places[$0] != nil } || others.contains { patterns[$0].fits(id) }
    }

    /// The first of the patterns that fits none of some ids; `nil` when each fits one.
    package func firstUnfitting(_ ids: some Sequence<String>) -> TaskPattern? {
        var isFitting = [Bool](repeating: false, count: patterns.count)
        for id in ids {
            for key in keys(of: id) {
                for place in places[key] ?? [] { isFitting[place] = true }
            }
            for place in others where !isFitting[place] && patterns[place].fits(id) {
                isFitting[place] = true
            }
        }
        return isFitting.firstIndex(of: false).map { patterns[$0] }
    }

    /// What patterns say that fit an id, of those that leave no character of a name open.
    private func keys(of id: String) -> [[String?]] {
        let names = id.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard names.count == 3 else { return [] }
        return namedParts.map { zip($0, names).map { $0 ? $1 : nil } }
    }
}
