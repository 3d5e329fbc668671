/// The task once more, as a program for Python: from decisions to trials and summary.
///
/// It keeps every sample of the cursor's path and works out each number from the whole of it, where
/// the task counts as it goes on.
enum FittsReference {
    static let program = #"""
        import json, sys
        import numpy as np

        given = json.load(open(sys.argv[1]))
        settings, targets, moves = given["settings"], given["targets"], np.array(given["moves"])
        active, fault, dt = np.array(given["active"]), np.array(given["fault"]), given["seconds"]

        def steps(seconds):
            return int(np.ceil(seconds / dt - 1e-6))

        def inside(path, target):
            away = path - np.array(target["center"])
            gap = np.abs(away[:, 0]) if settings["up"] is None else np.hypot(*away.T)
            return gap <= target["width"] / 2 + 1e-9

        trials, at = [], 0
        for target in targets:
            rest = slice(at + steps(settings["settle_seconds"]), at + steps(settings["rest_seconds"]))
            good = active[rest][~fault[rest]]
            at += steps(settings["rest_seconds"])
            # Cut at the walls, step by step, then everything from the whole path.
            path = [np.zeros(2)]
            for move in moves[at:at + steps(settings["time_limit_seconds"])]:
                path.append(np.clip(path[-1] + move * settings["speed"] * dt, -0.5, 0.5))
            path = np.array(path)
            hit = inside(path, target)
            need = steps(settings["dwell_seconds"])
            runs = [k for k in range(1, len(hit) - need) if hit[k:k + need + 1].all()]
            done = bool(runs)
            end = runs[0] + need if done else len(path) - 1
            path, hit = path[:end + 1], hit[:end + 1]
            lengths = np.hypot(*np.diff(path, axis=0).T)
            entries = int(np.sum(hit[1:] & ~hit[:-1]))
            exits = int(np.sum(~hit[1:] & hit[:-1]))
            moved = np.flatnonzero(lengths)
            last = end - need
            bits = float(np.log2((target["distance"] + target["width"]) / target["width"]))
            axis = np.array(target["center"]) / target["distance"]
            trials.append(dict(
                distance=target["distance"], width=target["width"], index_of_difficulty=bits,
                completed=done, seconds=end * dt,
                movement_seconds=last * dt if done else None,
                throughput=bits / (last * dt) if done else None,
                reaction_seconds=float(moved[0] * dt) if len(moved) else None,
                overshoots=exits, path_length=float(lengths.sum()),
                path_efficiency=float(np.hypot(*path[-1]) / lengths.sum()) if len(moved) else None,
                stopping_distance=float(lengths[last:].sum()) if done else None,
                end_x=float(path[-1][0]), end_y=float(path[-1][1]),
                rest_decisions=len(good), rest_active=int(good.sum()),
                rest_activations=int(np.sum(np.diff(np.r_[0, good.astype(int)]) == 1)),
                along=float(path[-1] @ axis)))
            at += end

        def mean(key, of):
            values = [t[key] for t in of if t[key] is not None]
            return float(np.mean(values)) if values else None

        completed = [t for t in trials if t["completed"]]
        effective = []
        for condition in sorted({(t["distance"], t["width"]) for t in completed}):
            own = [t for t in completed if (t["distance"], t["width"]) == condition]
            along = np.array([t["along"] for t in own])
            if len(own) < 2 or along.std(ddof=1) < 1e-9:
                continue
            we, de = 4.133 * along.std(ddof=1), along.mean()
            effective.append(float(np.log2(1 + de / we) / mean("movement_seconds", own)))
        n, p, z = len(trials), len(completed) / len(trials), 1.959963984540054
        # Where the distance from p is z standard deviations: (p - q)^2 = z^2 q (1 - q) / n.
        low, high = sorted(np.roots([1 + z * z / n, -2 * p - z * z / n, p * p]).real)
        summary = dict(
            completion_rate=p, low=float(low), high=float(high),
            throughput=mean("throughput", completed), effective=effective,
            effective_throughput=float(np.mean(effective)) if effective else None,
            movement_seconds=mean("movement_seconds", completed),
            reaction_seconds=mean("reaction_seconds", trials), overshoots=mean("overshoots", trials),
            path_efficiency=mean("path_efficiency", completed),
            stopping_distance=mean("stopping_distance", completed),
            rest_share=float(np.mean([t["rest_active"] / t["rest_decisions"] for t in trials])),
            rest_activations_per_minute=float(np.mean(
                [60 * t["rest_activations"] / (t["rest_decisions"] * dt) for t in trials])))
        json.dump(dict(trials=trials, summary=summary), sys.stdout)
        """#
}
