import EMGArchive
import EMGSignal
import PrintableText

// What a look over an archive finds that its user should know.
extension ArchiveSurvey {
    /// What the user should know about some of the tasks.
    func warnings(about ids: Set<String>) -> [String] {
        let drafts = drafts(of: ids)
        return ownWarnings(of: drafts) + qualityWarnings(about: drafts)
            + [lossWarning(about: drafts)].compactMap(\.self)
    }

    /// Says that the policy leaves out more windows than it keeps, which few people expect.
    private func lossWarning(about drafts: [TaskDraft]) -> String? {
        let kept = drafts.map { $0.support.windows.count + $0.query.windows.count }
        let lost = drafts.map { $0.support.leftOut.total + $0.query.leftOut.total }
        let (allKept, allLost) = (kept.reduce(0, +), lost.reduce(0, +))
        guard allLost > allKept, let most = lost.indices.max(by: { lost[$0] < lost[$1] })
        else { return nil }
        let kinds = drafts.flatMap { [$0.support.leftOut.byKind, $0.query.leftOut.byKind] }.summed
        let optional = Set(kinds.keys).subtracting([.gap, .nonFinite])
        return "the quality policy leaves out \(allLost) of \(allKept + allLost) windows "
            + "(\(kinds.text)), in \(drafts[most].header.identity.id) \(lost[most]) of "
            + "\(kept[most] + lost[most])"
            + (optional.isEmpty
                ? "" : "; \"\(policy.line(sparing: optional))\" keeps them")
    }

    /// What windows contain that the policy tells of: a line for each kind.
    private func qualityWarnings(about drafts: [TaskDraft]) -> [String] {
        let windows = drafts.map { $0.support.windows.count + $0.query.windows.count }
        let counts = drafts.map { draft in
            draft.warned.windowCounts(
                draft.support.windows.starts + draft.query.windows.starts,
                length: draft.windowLength)
        }
        return QualityInterval.Kind.allCases.compactMap { kind in
            let own = counts.map { $0[kind] ?? 0 }
            let tasks = own.count { $0 > 0 }
            guard tasks > 0, let most = own.indices.max(by: { own[$0] < own[$1] }) else {
                return nil
            }
            return
                "\(kind.name) in \(own.reduce(0, +)) of \(windows.reduce(0, +), of: "window"), in "
                + (tasks == 1 ? "" : "\(tasks) tasks, most in ")
                + "\(drafts[most].header.identity.id) (\(own[most])); "
                + "\"\(policy.line(excluding: [kind]))\" leaves them out"
        }
    }

    /// Says which tasks lack a class in a part: nothing can be learned of it, or evaluated.
    static func missingClasses(
        of drafts: [TaskDraft], classNames: [String]
    ) -> [(id: String, text: String)] {
        drafts.flatMap { draft in
            [("support", draft.support), ("query", draft.query)].compactMap { name, part in
                let counts = part.windows.counts(classes: classNames.count)
                let missing = zip(classNames, counts).filter { $1 == 0 }.map(\.0)
                guard !missing.isEmpty else { return nil }
                let id = draft.header.identity.id
                let leftOut = counts.indices.filter { counts[$0] == 0 }
                    .reduce(0) { $0 + part.leftOut.count(of: $1) }
                return (
                    id,
                    "\(id): no window of \(missing.joined(separator: ", ")) in the \(name)"
                        + (leftOut == 0
                            ? ""
                            : "; \(leftOut) are left out (\(part.leftOut.byKind.text) in all)")
                )
            }
        }
    }

    /// Says which recordings went through the same steps with other parameters.
    static func differingSteps(
        of drafts: [TaskDraft]
    ) -> [(id: String, text: String)] {
        guard let first = drafts.first else { return [] }
        let expected = first.header.history.conditioning
        return drafts.filter { $0.header.history.conditioning != expected }
            .map {
                (
                    $0.header.identity.id,
                    "\($0.header.identity.id): was conditioned with other parameters than "
                        + first.header.identity.id
                )
            }
    }
}
