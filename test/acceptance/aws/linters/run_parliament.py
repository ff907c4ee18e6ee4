"""Reads {"name": policy, ...} from standard input and prints what parliament finds, as a JSON list."""
import json
import sys

from parliament import analyze_policy_string, enhance_finding

found = []
for name, policy in json.load(sys.stdin).items():
    for finding in analyze_policy_string(json.dumps(policy), ignore_private_auditors=True).findings:
        finding = enhance_finding(finding)
        found.append({
            "policy": name,
            "issue": finding.issue,
            "severity": finding.severity,
            "detail": str(finding.detail),
            "location": str(finding.location),
        })
print(json.dumps(found))
