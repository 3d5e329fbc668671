public import EMGSignal
public import Foundation

/// The identity that a file's place tells.
///
/// Laboratories of the field lay out their data as `<YYYY_MM_DD_pid>/<prefix>_<condition>.csv`. The
/// folder's name is the session and the part behind its date is the patient; everything behind the
/// first underscore of the file's name is the condition. The prefix is the patient again, or its
/// last two characters, as the field's own tool cuts it (`11_111.csv` beside `p11_111.csv`): the
/// folder decides. Entities of BIDS (`sub-01/ses-02`) tell as well. Of any other place, folders and
/// names that say what they are (`p1`, `day2`, a date) are assumed to be that, with a warning; where
/// they do not, another reading is as good, and a search refuses such files unless there is one
/// only. `docs/formats/layouts.md` has the rules.
public struct SourceIdentity: Sendable, Hashable {
    /// The identity.
    public let identity: RecordingIdentity
    /// What does not fit together in the names.
    public let warnings: [IngestWarning]
    /// Whether the patient is given by the names of folders and file only, and by no naming scheme.
    let isFromPlace: Bool

    /// The session of a BIDS data set whose names have none.
    static let onlySession = "single"

    /// Tells the identity of a file.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - override: Parts that the caller knows better.
    /// - Throws: ``IngestError`` when a part cannot be used as a name.
    public init(
        of url: URL, override: IdentityOverride = IdentityOverride()
    ) throws(IngestError) {
        let folder = url.absoluteURL.standardizedFileURL.deletingLastPathComponent()
            .lastPathComponent
        if let patient = override.session.flatMap(Self.patient(ofSession:))
            ?? Self.patient(ofSession: folder)
        {
            try self.init(scheme: url, session: folder, patient: patient, override: override)
        } else {
            try self.init(place: url, override: override)
        }
    }

    /// A file in a folder that names date and patient.
    private init(
        scheme url: URL, session: String, patient: String, override: IdentityOverride
    ) throws(IngestError) {
        let location = SourceLocation(file: url.relativePath)
        let stem = url.deletingPathExtension().lastPathComponent
        let underscore = stem.firstIndex(of: "_")
        let prefix = underscore.map { String(stem[..<$0]) }
        let rest = underscore.map { String(stem[stem.index(after: $0)...]) }
        let patient = override.patient ?? patient
        let condition = override.condition ?? rest.flatMap { $0.isEmpty ? nil : $0 } ?? stem
        identity = try Self.identity(
            patient, override.session ?? session, condition, override.run, location)
        isFromPlace = false
        if override.condition == nil, condition == stem {
            warnings = [Self.assumption(identity, location)]
        } else if override.patient == nil, let prefix, prefix != patient,
            prefix != String(patient.suffix(2))
        {
            warnings = [
                IngestWarning(
                    .identity, at: location,
                    message: "the file name says patient \(prefix.isEmpty ? "nothing" : prefix), "
                        + "the folder \(patient): the folder decides")
            ]
        } else {
            warnings = []
        }
    }

    /// A file in a place of another form.
    private init(place url: URL, override: IdentityOverride) throws(IngestError) {
        let location = SourceLocation(file: url.relativePath)
        let place = PlaceReading(url)
        let condition =
            override.condition ?? override.patient.map(place.condition(ofPatient:))
            ?? place.condition
        identity = try Self.identity(
            override.patient ?? place.patient, override.session ?? place.session, condition,
            override.run ?? place.run, location)
        isFromPlace = override.patient == nil
        let isStated =
            place.isBIDS
            || override.patient != nil && override.session != nil && override.condition != nil
        warnings = isStated ? [] : [Self.assumption(identity, location)]
    }

    private static func identity(
        _ patient: String, _ session: String, _ condition: String, _ run: String?,
        _ location: SourceLocation
    ) throws(IngestError) -> RecordingIdentity {
        do throws(SignalError) {
            return try RecordingIdentity(
                patient: patient, session: session, condition: condition, run: run ?? "")
        } catch {
            throw IngestError(
                .unknownIdentity(reason: error.description), at: location,
                hint: "give the part yourself (--patient, --session, --condition), or say which "
                    + "part of the path is what (--layout patient/session/condition)")
        }
    }

    private static func assumption(
        _ identity: RecordingIdentity, _ location: SourceLocation
    ) -> IngestWarning {
        IngestWarning(
            .identity, at: location,
            message: "not named YYYY_MM_DD_patient/patient_condition: assumed patient "
                + "\(identity.patient), session \(identity.session), condition "
                + "\(identity.condition)")
    }

    /// The identity with one more thing to know.
    func adding(_ warning: IngestWarning) -> SourceIdentity {
        SourceIdentity(
            identity: identity, warnings: warnings + [warning], isFromPlace: isFromPlace)
    }

    private init(
        identity: RecordingIdentity, warnings: [IngestWarning], isFromPlace: Bool
    ) {
        self.identity = identity
        self.warnings = warnings
        self.isFromPlace = isFromPlace
    }

    /// The patient in `YYYY_MM_DD_patient`; `nil` when the name is not of that form.
    static func patient(ofSession name: String) -> String? {
        let parts = name.split(
            separator: "_", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, !parts[3].isEmpty else { return nil }
        let lengths = [4, 2, 2]
        var numbers: [Int] = []
        for (part, length) in zip(parts, lengths) {
            guard part.utf8.count == length,
                part.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
                let number = Int(part)
            else { return nil }
            numbers.append(number)
        }
        guard (1...12).contains(numbers[1]), (1...31).contains(numbers[2]) else { return nil }
        return String(parts[3])
    }
}
