/// Names in the order of their last use: the one that was used least recently is found without
/// looking through all of them.
package struct RecencyOrder<Name: Hashable & Sendable>: Sendable {
    private var lastUse: [Name: Int] = [:]
    /// Every use since the oldest that counts; a name that was used again later stands there in vain.
    private var uses: ArraySlice<Name> = []
    /// The number of the first of ``uses``.
    private var first = 0

    /// Creates an order of no names.
    package init() {}

    /// How many names there are.
    package var count: Int { lastUse.count }

    /// How many uses are remembered: in the order of ``count``, however often names are used.
    package var remembered: Int { uses.count }

    /// Notes a use, the first one or another.
    package mutating func use(_ name: Name) {
        lastUse[name] = first + uses.count
        uses.append(name)
        if uses.count > 2 * lastUse.count + 64 { forgetVainUses() }
    }

    /// Takes out the name that was used least recently; `nil` when there is none.
    package mutating func removeOldest() -> Name? {
        while let name = uses.popFirst() {
            defer { first += 1 }
            if lastUse[name] == first {
                lastUse[name] = nil
                return name
            }
        }
        return nil
    }

    private mutating func forgetVainUses() {
        let kept = uses.enumerated().filter { lastUse[$1] == first + $0 }.map(\.element)
        first = 0
        uses = kept[...]
        for (place, name) in kept.enumerated() { lastUse[name] = place }
    }
}
