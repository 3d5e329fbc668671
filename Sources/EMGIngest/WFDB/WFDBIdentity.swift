internal import EMGSignal
internal import Foundation

/// Whose recording a record is, by the names that collections of EMG use.
///
/// - GRABMyo: `session1_participant2_gesture3_trial4`.
/// - Hyser: `subject01_session1/1dof_raw_finger1_sample2`.
/// - Anything else by its place.
struct WFDBIdentity: Sendable, Hashable {
    /// The parts that the names tell.
    var stated = IdentityOverride()
    /// The class of every sample, when the name tells it.
    var label: String?

    init(of url: URL) {
        let stem = url.deletingPathExtension().lastPathComponent
        let folder = url.absoluteURL.standardizedFileURL.deletingLastPathComponent()
            .lastPathComponent
        if let match = stem.wholeMatch(
            of: /(session[0-9]+)_(participant[0-9]+)_(gesture[0-9]+)_(trial[0-9]+)/)
        {
            stated = IdentityOverride(
                patient: String(match.2), session: String(match.1), condition: String(match.3),
                run: String(match.4))
            label = String(match.3)
        } else if let place = folder.wholeMatch(of: /(subject[0-9]+)_(session[0-9]+)/) {
            stated.patient = String(place.1)
            stated.session = String(place.2)
            if let match = stem.wholeMatch(of: /(.+)_(sample[0-9]+)/) {
                stated.condition = String(match.1)
                stated.run = String(match.2)
            } else {
                stated.condition = stem
            }
        }
    }

    /// The identity of a record.
    static func identity(
        of url: URL, override: IdentityOverride
    ) throws(IngestError) -> SourceIdentity {
        let stated = WFDBIdentity(of: url).stated
        let identity = try SourceIdentity(
            of: url,
            override: IdentityOverride(
                patient: override.patient ?? stated.patient,
                session: override.session ?? stated.session,
                condition: override.condition ?? stated.condition,
                run: override.run ?? stated.run))
        return identity
    }
}
