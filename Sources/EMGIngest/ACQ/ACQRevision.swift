/// The revision of a file's format. Numbers are those of the files; which version of AcqKnowledge
/// wrote which is what `bioread` found out.
struct ACQRevision: Sendable, Hashable, Comparable {
    /// The number in the file.
    let number: Int

    /// The oldest and the newest that are taken for one.
    static let plausible = 30...400

    static let v2 = ACQRevision(number: 30)
    static let v350 = ACQRevision(number: 36)
    static let v370 = ACQRevision(number: 38)
    static let v381 = ACQRevision(number: 41)
    /// From here on headers are laid out anew.
    static let v400 = ACQRevision(number: 61)
    static let v420 = ACQRevision(number: 108)
    static let v42x = ACQRevision(number: 121)
    static let v430 = ACQRevision(number: 124)
    static let v440 = ACQRevision(number: 128)

    static func < (left: ACQRevision, right: ACQRevision) -> Bool { left.number < right.number }
}
