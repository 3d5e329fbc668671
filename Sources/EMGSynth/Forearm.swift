/// Muscles round a forearm and what a ring of electrodes sees of them.
struct Forearm: Sendable {
    /// A muscle as far as surface electrodes are concerned.
    struct Muscle: Sendable {
        /// Where it lies, in turns round the arm.
        let place: Double
        /// How narrow its field is: the power of a raised cosine.
        let sharpness: Int
    }

    /// Finger and wrist extensors, finger and wrist flexors, and a muscle that holds the arm.
    static let muscles = [
        Muscle(place: 0.14, sharpness: 7),
        Muscle(place: 0.29, sharpness: 5),
        Muscle(place: 0.61, sharpness: 7),
        Muscle(place: 0.79, sharpness: 6),
        Muscle(place: 0.46, sharpness: 4),
    ]

    /// What each electrode sees of each muscle, `[electrodes × muscles]`.
    let mixing: [[Double]]
    private let person: Person

    init(_ person: Person, channelCount: Int) {
        self.person = person
        mixing = (0..<channelCount).map { channel in
            let place = Double(channel) / Double(channelCount) + person.rotation
            return Self.muscles.map { muscle in
                let closeness =
                    (1 + ExactMath.cos(2 * ExactMath.pi * (place - muscle.place))) / 2
                var field = 1.0
                for _ in 0..<muscle.sharpness { field *= closeness }
                // Volume conduction: some of every muscle is seen everywhere.
                return person.gains[channel] * (0.97 * field + 0.03)
            }
        }
    }

    /// How active each muscle is in a movement at full effort.
    func activation(_ movement: Movement) -> [Double] {
        Self.muscles.indices.map { index in
            let strength = movement.opensHand ? person.openingStrength : 1
            let work =
                strength * movement.drive[index]
                + person.coContraction * movement.opposition[index]
            return person.conditionGain * work + person.restingTone + person.posture[index]
        }
    }
}
