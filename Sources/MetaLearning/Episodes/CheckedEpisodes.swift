/// A source that checks what it reads, of which several processes of a machine have one each: what
/// one has checked need not be checked by the others.
package protocol CheckedEpisodes: EpisodeSource {
    /// The tasks that were checked since it was asked last, by any names that all processes share.
    func takeChecked() -> [String]

    /// Takes it that tasks are right.
    ///
    /// - Parameter names: What ``takeChecked()`` gave in another process.
    func trust(_ names: [String])
}
