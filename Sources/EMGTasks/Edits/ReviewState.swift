/// What a person has decided about a recording as a whole.
package enum ReviewState: String, Sendable, Hashable, CaseIterable {
    /// Nothing yet.
    case unseen
    /// It is good.
    case approved
    /// It must not be used.
    case rejected
    /// Somebody should look again.
    case flagged
}
